// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import java.util.Arrays;

/**
 * A text as names are held: folded, in UTF-8, each run of white space one blank; with the place of
 * each byte in the text as it was. Immutable.
 */
final class FoldedText {

  private final byte[] bytes;

  /** Of each byte, the UTF-16 index in the text of the character that it is of. */
  private final int[] places;

  /** Of each UTF-16 index of the text, the first byte that is of it, or of what follows. */
  private final int[] bytesOf;

  private FoldedText(byte[] bytes, int[] places, int[] bytesOf) {
    this.bytes = bytes;
    this.places = places;
    this.bytesOf = bytesOf;
  }

  static FoldedText of(String text) {
    byte[] bytes = new byte[text.length() + 16];
    int[] places = new int[bytes.length];
    int[] bytesOf = new int[text.length() + 1];
    int size = 0;
    boolean blank = false;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int length = Character.charCount(character);
      Arrays.fill(bytesOf, at, at + length, size);
      boolean isBlank = Character.isWhitespace(character);
      if (!(isBlank && blank)) {
        byte[] folded = isBlank ? new byte[] {' '} : folded(character);
        if (size + folded.length > bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * (size + folded.length));
          places = Arrays.copyOf(places, bytes.length);
        }
        for (byte one : folded) {
          bytes[size] = one;
          places[size++] = at;
        }
      }
      blank = isBlank;
      at += length;
    }
    bytesOf[text.length()] = size;
    return new FoldedText(Arrays.copyOf(bytes, size), Arrays.copyOf(places, size), bytesOf);
  }

  private static byte[] folded(int character) {
    if (character < 0x80) {
      return new byte[] {(byte) Character.toLowerCase(character)};
    }
    return NameIndex.bytes(KnowledgeBase.fold(Character.toString(character)));
  }

  byte[] bytes() {
    return bytes;
  }

  /** The first byte of what stands at a UTF-16 index of the text. */
  int byteAt(int index) {
    return bytesOf[index];
  }

  /** The UTF-16 index of the text after which a byte's character begins; the end after the last. */
  int placeOf(int byteIndex, int textLength) {
    return byteIndex == bytes.length ? textLength : places[byteIndex];
  }
}
