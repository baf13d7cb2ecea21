// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.ingest.moments.Moments;
import dev.newswire.schemas.Signals;
import dev.newswire.schemas.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPTC 7901 (The Text Transmission Format): a stream of transmissions. */
final class Iptc7901 implements StreamFormat {

  private static final Pattern FIRST_LINE =
      Pattern.compile("([A-Za-z]{2,4})(\\d{1,5})\\s+([1-9])\\s+(\\S{1,4})\\s+(\\d+)\\b.*");
  private static final Pattern SENT =
      Pattern.compile(
          "(\\d\\d)(\\d\\d)(\\d\\d)(?:\\s{0,9}([A-Z]{1,5}))?\\s{1,9}(\\p{L}{3,9})\\.?\\s{1,9}"
              + "(\\d\\d(?:\\d\\d)?)(?![\\p{L}\\p{N}_])");
  private static final Pattern TAKE =
      Pattern.compile(
          "\\(?(\\d{1,3}(ST|ND|RD|TH) (LEAD|LD|ADD|TAKE|ROUNDUP)|(\\d{1,3}\\. )?ZUSAMMENFASSUNG|EXTRA|REFILE"
              + "|CORRECTION|CORRECTED|BERICHTIGUNG|KILL|WITHDRAWN|URGENT|EIL(MELDUNG)?|ROUNDUP"
              + "|UPDATE( \\d{1,3})?|ACHTUNG|ATTENTION)(?![\\p{L}\\p{N}_])(?:\\s*+|\\s*+[\\d:(\\[.,;–-].*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DATELINE = Pattern.compile("^(.{2,60}? \\([^)]{2,30}\\))\\s++-\\s");

  @Override
  public String name() {
    return "iptc-7901";
  }

  @Override
  public boolean recognises(byte[] opening) {
    String header = Transmissions.firstHeader(opening);
    return FIRST_LINE.matcher(header.lines().findFirst().orElse("")).matches();
  }

  @Override
  public void parse(InputStream content, Reading reading) throws IOException {
    Transmissions.read(content, reading, transmission -> item(transmission, reading.draft()));
  }

  /** Whether a line is the header of a transmission. */
  static boolean isHeader(String line) {
    return FIRST_LINE.matcher(line).matches();
  }

  /** Whether a line is what follows a transmission: when it was sent. */
  static boolean isTrailer(String line) {
    return SENT.matcher(line).matches();
  }

  static Draft item(Transmissions.Transmission transmission, Draft draft) throws Rejection {
    List<String> header = transmission.headerLines();
    Matcher first = FIRST_LINE.matcher(header.isEmpty() ? "" : header.get(0));
    if (!first.matches()) {
      throw new Rejection(
          "The header begins with no source, number, priority, category and word count.");
    }
    draft.priority(first.group(3));
    draft.subject(Subjects.of("subject", "iptc7901", first.group(4), ""));
    draft.slugline(String.join(" ", header.subList(1, header.size())));
    text(transmission.text(), draft);
    String number = first.group(1) + first.group(2);
    Optional<Instant> sent = sent(transmission.trailer(), draft);
    if (sent.isPresent()) {
      draft
          .versionCreated(sent.get())
          .itemId(sent.get().atZone(ZoneOffset.UTC).toLocalDate() + "/" + number);
    } else {
      draft.derivedFrom(transmission.header(), transmission.text());
    }
    return draft;
  }

  private static Optional<Instant> sent(String trailer, Draft draft) {
    Matcher m = SENT.matcher(trailer);
    if (!m.find()) {
      return Optional.empty();
    }
    return Moments.parse(
        "%s %s %s %s:%s:00 %s"
            .formatted(
                m.group(1),
                m.group(5),
                m.group(6),
                m.group(2),
                m.group(3),
                m.group(4) == null ? "GMT" : m.group(4)),
        draft.timeZone());
  }

  /** Headline up to {@code =}, paragraphs between empty lines, and notes from {@code #} on. */
  private static void text(String text, Draft draft) {
    List<String> head = new ArrayList<>();
    List<String> body = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean headEnds = text.lines().anyMatch(Iptc7901::endsHead);
    boolean inHead = headEnds;
    for (String line : text.lines().toList()) {
      if (inHead) {
        inHead = !endsHead(line);
        head.add(endsHead(line) ? line.substring(0, line.lastIndexOf('=')) : line);
      } else if (line.startsWith("#") || !notes.isEmpty()) {
        notes.add(line);
      } else {
        body.add(line);
      }
    }
    head(head, draft);
    draft.body(PlainText.paragraphs(String.join("\n", body)));
    draft.note(String.join("\n", notes));
    Matcher dateline = DATELINE.matcher(draft.body());
    if (dateline.lookingAt()) {
      draft.dateline(dateline.group(1));
    }
  }

  private static boolean endsHead(String line) {
    return line.stripTrailing().endsWith(" =");
  }

  private static void head(List<String> lines, Draft draft) {
    List<String> headline = new ArrayList<>();
    List<String> takes = new ArrayList<>();
    for (String line : lines) {
      String stripped = line.strip();
      if (headline.isEmpty() && TAKE.matcher(stripped).matches()) {
        takes.add(stripped);
      } else if (!headline.isEmpty() && stripped.matches("(By|Von|Par|Por) .*")) {
        draft.byline(stripped);
      } else {
        headline.add(stripped);
      }
    }
    draft.headline(String.join(" ", headline)).takeKey(String.join(", ", takes));
    takes.forEach(take -> signal(take, draft));
  }

  private static void signal(String line, Draft draft) {
    String take = line.toLowerCase(Locale.ROOT).replaceFirst("^\\(", "");
    String given = "take: " + line;
    if (take.startsWith("correct") || take.startsWith("berichtigung")) {
      draft.signal(Signals.CORRECTION, given);
    } else if (take.startsWith("kill") || take.startsWith("withdrawn")) {
      draft.signal("kill", given).status(Status.CANCELED).statusReason(take);
    } else if (take.startsWith("refile") || take.startsWith("extra") || take.startsWith("urgent")) {
      draft.signal(take.replaceFirst("\\W.*", ""), given);
    } else if (take.contains("lead")) {
      draft.signal("lead", given);
    }
  }
}
