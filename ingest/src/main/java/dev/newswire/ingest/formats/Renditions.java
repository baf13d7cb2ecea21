// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Rendition;

/** Renditions as the formats give them: what is blank or no number is left out. */
final class Renditions {

  private static final int LONGEST_NUMBER = 15;

  private Renditions() {}

  /** A rendition; blank texts where the item does not say. */
  static Rendition of(String href, String type, String size, String caption, String credit) {
    return new Rendition(
        href.strip(),
        orNull(type),
        number(size),
        null,
        null,
        orNull(BodyText.lineOfPlain(caption)),
        orNull(BodyText.lineOfPlain(credit)));
  }

  /** The same rendition with its size in pixels. */
  static Rendition sized(Rendition rendition, String width, String height) {
    Long wide = number(width);
    Long high = number(height);
    rendition.setWidth(wide == null || wide > 1_000_000 ? null : Integer.valueOf(wide.intValue()));
    rendition.setHeight(high == null || high > 1_000_000 ? null : Integer.valueOf(high.intValue()));
    return rendition;
  }

  private static String orNull(String text) {
    String line = PlainText.line(text);
    return line.isEmpty() ? null : line;
  }

  private static Long number(String text) {
    String digits = text.strip();
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= LONGEST_NUMBER
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber && Long.parseLong(digits) > 0 ? Long.valueOf(digits) : null;
  }
}
