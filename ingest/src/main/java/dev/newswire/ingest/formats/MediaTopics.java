// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IPTC Media Topic codes, and what the older Subject Codes say in them. The seventeen subjects at
 * the top of both vocabularies have the same codes; below them the two were made anew, so an older
 * code is worth its top subject and no more.
 */
final class MediaTopics {

  private static final String SCHEME = "http://cv.iptc.org/newscodes/mediatopic/";
  private static final String SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/";
  private static final Pattern MEDIA_TOPIC = Pattern.compile("(?:.*[:/])?(\\d{8})");
  private static final Pattern SUBJECT_CODE = Pattern.compile("(?:.*[:/])?(0[1-9]|1[0-7])\\d{6}");

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

  private static Optional<String> topic(String code) {
    Matcher matcher = MEDIA_TOPIC.matcher(code);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<String> ofSubjectCode(String code) {
    Matcher matcher = SUBJECT_CODE.matcher(code);
    return matcher.matches() ? Optional.of(matcher.group(1) + "000000") : Optional.empty();
  }
}
