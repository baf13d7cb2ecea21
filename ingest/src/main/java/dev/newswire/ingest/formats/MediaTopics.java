// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.Optional;

/**
 * IPTC Media Topic codes, and what the older Subject Codes say in them. The seventeen subjects at
 * the top of both vocabularies have the same codes; below them the two were made anew, so an older
 * code is worth its top subject and no more.
 */
final class MediaTopics {

  private static final String SCHEME = "http://cv.iptc.org/newscodes/mediatopic/";
  private static final String SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/";
  private static final int DIGITS = 8;
  private static final int TOP_SUBJECTS = 17;

  private MediaTopics() {}

  /** The Media Topic of a code under a scheme; empty where there is none. */
  static Optional<String> of(String scheme, String code) {
    if (scheme.equals(SCHEME) || scheme.contains("mediatopic") || scheme.equals("medtop")) {
      return topic(code);
    }
    if (scheme.equals(SUBJECT_CODES) || scheme.contains("subjectcode")) {
      return ofSubjectCode(code);
    }
    if (scheme.isEmpty() && (code.startsWith("medtop:") || code.startsWith(SCHEME))) {
      return topic(code);
    }
    if (scheme.isEmpty() && (code.startsWith("subj:") || code.startsWith(SUBJECT_CODES))) {
      return ofSubjectCode(code);
    }
    return Optional.empty();
  }

  /** The eight digits that a code is, or ends with behind its alias or address. */
  private static Optional<String> topic(String code) {
    String digits = code.substring(Math.max(code.lastIndexOf(':'), code.lastIndexOf('/')) + 1);
    return digits.length() == DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(digits)
        : Optional.empty();
  }

  private static Optional<String> ofSubjectCode(String code) {
    return topic(code)
        .map(digits -> digits.substring(0, 2))
        .filter(top -> Integer.parseInt(top) >= 1 && Integer.parseInt(top) <= TOP_SUBJECTS)
        .map(top -> top + "000000");
  }
}
