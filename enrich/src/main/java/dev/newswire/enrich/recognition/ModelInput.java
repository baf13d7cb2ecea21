// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ModelOutput} writes, a piece at a time: held in memory as a whole, a model's
 * bytes cost more time to collect than to read. Not thread-safe.
 */
final class ModelInput {

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;

  ModelInput(InputStream in) {
    this.in = in;
  }

  /**
   * The next byte.
   *
   * @throws EOFException where the model ends early
   */
  byte read() throws IOException {
    if (position == end) {
      fill();
    }
    return buffer[position++];
  }

  private void fill() throws IOException {
    position = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    if (end == 0) {
      throw new EOFException("the model ends early");
    }
  }

  byte[] read(int size) throws IOException {
    byte[] bytes = new byte[size];
    int done = 0;
    while (done < size) {
      if (position == end) {
        fill();
      }
      int part = Math.min(size - done, end - position);
      System.arraycopy(buffer, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  int readInt() throws IOException {
    return ByteBuffer.wrap(read(Integer.BYTES)).getInt();
  }

  /** A number of 32 bits, without sign, in one to five bytes. */
  int readVariableLength() throws IOException {
    int number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int part = read();
      number |= (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw new IOException("a number in the model is too long");
  }

  /** Numbers without sign in their order, each written as what it is more than the one before. */
  int[] readAscending(int size) throws IOException {
    int[] numbers = new int[size];
    int number = 0;
    for (int i = 0; i < size; i++) {
      number += readVariableLength();
      numbers[i] = number;
    }
    return numbers;
  }

  String readText() throws IOException {
    return new String(read(readVariableLength()), StandardCharsets.UTF_8);
  }

  float[] readFloats(int size) throws IOException {
    float[] numbers = new float[size];
    ByteBuffer.wrap(read(size * Float.BYTES)).asFloatBuffer().get(numbers);
    return numbers;
  }
}
