// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.schemas.Subject;
import java.util.Locale;

/** Subjects, keywords and categories as the providers assign them. */
final class Subjects {

  /** URI of the IPTC's Subject Codes. */
  static final String SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/";

  private Subjects() {}

  /** A subject; what is blank is not known. */
  static Subject of(String kind, String scheme, String code, String name) {
    Subject subject = new Subject();
    subject.setKind(kind);
    subject.setScheme(orNull(scheme));
    subject.setCode(orNull(code));
    subject.setName(orNull(name));
    subject.setMediaTopic(MediaTopics.of(scheme.strip(), code.strip()).orElse(null));
    return subject;
  }

  /** A keyword of no vocabulary. */
  static Subject keyword(String name) {
    Subject subject = new Subject();
    subject.setKind("keyword");
    subject.setName(orNull(name));
    return subject;
  }

  /** A subject with the provider's confidence, 0 to 100, and how it was assigned. */
  static Subject assigned(Subject subject, String how, String confidence) {
    subject.setHow(orNull(how));
    if (!confidence.isBlank() && confidence.strip().matches("\\d{1,3}")) {
      subject.setConfidence(Math.min(Integer.parseInt(confidence.strip()), 100));
    }
    return subject;
  }

  /** What a type of concept is here: cpnat:person, Party, geoArea, organization, ... */
  static String kind(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.endsWith("person") || lower.endsWith("people")) {
      return "person";
    } else if (lower.endsWith("organisation")
        || lower.endsWith("organization")
        || lower.endsWith("company")
        || lower.endsWith("org")) {
      return "organisation";
    } else if (lower.endsWith("geoarea")
        || lower.endsWith("poi")
        || lower.endsWith("place")
        || lower.endsWith("location")
        || lower.endsWith("geography")) {
      return "place";
    } else if (lower.endsWith("event")) {
      return "event";
    } else if (lower.endsWith("genre")) {
      return "genre";
    }
    return "subject";
  }

  private static String orNull(String text) {
    String line = PlainText.line(text);
    return line.isEmpty() ? null : line;
  }
}
