// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Numbers of 32 bits, without sign, in one to five bytes: small ones are short. */
final class VariableLength {

  private VariableLength() {}

  static void write(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest >= 0x80) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static int read(DataInputStream in) throws IOException {
    int number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int part = in.readUnsignedByte();
      number |= (part & 0x7F) << shift;
      if (part < 0x80) {
        return number;
      }
    }
    throw new IOException("a number in the model is too long");
  }
}
