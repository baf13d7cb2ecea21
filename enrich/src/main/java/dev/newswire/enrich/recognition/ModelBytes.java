// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How numbers and texts of a model are written, and read from memory, which is fast. */
final class ModelBytes {

  private ModelBytes() {}

  /** A number of 32 bits, without sign, in one to five bytes: small ones are short. */
  static void writeVariableLength(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest >= 0x80) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** Numbers without sign in their order, each written as what it is more than the one before. */
  static int[] readAscending(ByteBuffer in, int size) throws IOException {
    int[] numbers = new int[size];
    int number = 0;
    for (int i = 0; i < size; i++) {
      number += readVariableLength(in);
      numbers[i] = number;
    }
    return numbers;
  }

  static int readVariableLength(ByteBuffer in) throws IOException {
    int number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int part = in.get();
      number |= (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw new IOException("a number in the model is too long");
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeVariableLength(out, bytes.length);
    out.write(bytes);
  }

  static String readText(ByteBuffer in) throws IOException {
    return new String(read(in, readVariableLength(in)), StandardCharsets.UTF_8);
  }

  static void writeFloats(DataOutputStream out, float[] numbers) throws IOException {
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  static float[] readFloats(ByteBuffer in, int size) {
    float[] numbers = new float[size];
    in.asFloatBuffer().get(numbers);
    in.position(in.position() + size * Float.BYTES);
    return numbers;
  }

  static byte[] read(ByteBuffer in, int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }
}
