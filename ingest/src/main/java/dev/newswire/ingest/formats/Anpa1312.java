// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import dev.newswire.ingest.moments.Moments;
import dev.newswire.schemas.Signals;
import dev.newswire.schemas.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * ANPA-1312 (American Newspaper Publishers Association, Wire Service Transmission Guidelines): a
 * stream of transmissions.
 *
 * <p>Story numbers start again every day, and some services use one twice in a day; so an article
 * is identified by date, service, number and keyword together. Where no year is sent, it is the one
 * that puts the date nearest before the receipt.
 */
final class Anpa1312 implements StreamFormat {

  private static final Pattern FIRST_LINE = Pattern.compile("([A-Za-z])(\\d{3,5})\\s*\\x1f.*");
  private static final Pattern SECOND_LINE =
      Pattern.compile(
          "^.{0,20}?([A-Za-z])\\s(\\S)[\\x11-\\x14]*+\\s++"
              + "(\\S++(?:\\s++(?!\\d\\d-\\d\\d(?:\\s|$))\\S++)*+)\\s++(\\d\\d)-(\\d\\d)(?:\\s.*)?");
  private static final Pattern SENT =
      Pattern.compile(
          "(\\d\\d)-(\\d\\d)-(\\d\\d)\\s+(\\d\\d)(\\d\\d)\\s*([A-Za-z]{1,4})?", Pattern.MULTILINE);
  private static final Pattern WORDS = Pattern.compile(",\\s{0,9}+\\d{0,9}+\\s{0,9}+$");
  private static final Pattern NOTE =
      Pattern.compile("\\(?(Eds?[:.]|AP (Photo|Video|Graphic)|EDITOR'?S'? NOTE|With:?\\s).*");
  private static final Pattern DATELINE =
      Pattern.compile(
          "^([A-Z][A-Z][A-Z .'/-]{0,60}(?:, [A-Z][\\w. ]{1,30})?\\s?\\([A-Z][\\w /]{1,30}\\))\\s*(?:—|_|--?)\\s"
              + "|^([A-Z][A-Z][A-Z .'/-]{0,60}(?:, [A-Z][\\w.]{0,20})?, [A-Z][A-Za-z]{2,8}\\.? \\d{1,2})\\s+-\\s");
  private static final Pattern SIGNAL =
      Pattern.compile(
          "(?:(?<![\\p{L}\\p{N}_])|(?<=\\d(?:ST|ND|RD|TH)))(KILL|CORRECTION|CORRECTIVE|WRITETHRU|ADVISORY|LD|ADD|SUB|INSERT)"
              + "(?![\\p{L}\\p{N}_])");
  private static final String VERSION =
      "(?:BULLETIN|URGENT|FLASH|\\d{1,2}(?:ST|ND|RD|TH)?|LD|LEAD|ADDS?|SUBS?|INSERTS?|KILL|CORRECTION"
          + "|CORRECTIVE|WRITETHRU|ADVISORY|ADV\\d{0,2}|TAKE|HFR|HOLD|RPT|REPEAT|OPTIONAL)";

  /** A field that holds the version and nothing else; or a part of one that begins with it. */
  private static final Pattern VERSION_FIELD =
      Pattern.compile(VERSION + "(?:[-\\s,./]{0,3}" + VERSION + "){0,8}[-\\s,.]*");

  /** The first words of a take that are its version. */
  private static final Pattern FIRST_WORDS =
      Pattern.compile(
          "(?:(?:BULLETIN|URGENT)[ -])?(?:\\d{1,2}(?:ST|ND|RD|TH)[ -]?)?"
              + "(?:KILL|CORRECTION|CORRECTIVE|WRITETHRU|LD|ADDS?|SUB|INSERT|ADVISORY)"
              + "(?=\\s*$|\\s*[-:—,]|\\s+\\d)");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");
  private static final String CATEGORIES = "http://cvx.iptc.org/anpa1312-category/";
  private static final String PRIORITIES = "fburd";
  private static final char TABULAR = 0x12;

  /** A table's own marked lines follow its slugline and headline. */
  private static final int TABLE_HEAD = 2;

  @Override
  public String name() {
    return "anpa-1312";
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

  private static Draft item(Transmissions.Transmission transmission, Draft draft) throws Rejection {
    List<String> header = transmission.headerLines();
    Matcher first = FIRST_LINE.matcher(header.isEmpty() ? "" : header.get(0));
    if (!first.matches()) {
      throw new Rejection(
          "The header begins with no service letter and story number, such as W2870.");
    }
    boolean tabular = transmission.header().indexOf(TABULAR) >= 0;
    text(transmission.text(), tabular, draft);
    Optional<Instant> sent = sent(transmission.trailer(), draft);
    sent.ifPresent(draft::published);
    Matcher second = SECOND_LINE.matcher(header.size() < 2 ? "" : header.get(1));
    if (second.matches()) {
      header(first.group(1) + first.group(2), second, sent, draft);
    } else {
      draft.derivedFrom(transmission.header(), transmission.text());
    }
    return draft;
  }

  private static void header(String number, Matcher second, Optional<Instant> sent, Draft draft)
      throws Rejection {
    draft.priority(String.valueOf(priority(second.group(1).toLowerCase(Locale.ROOT).charAt(0))));
    draft.subject(Subjects.of("subject", CATEGORIES, second.group(2), ""));
    String keyword = PlainText.line(second.group(3));
    int space = keyword.indexOf(' ');
    String family = space < 0 ? keyword : keyword.substring(0, space);
    String version = space < 0 ? "" : keyword.substring(space + 1);
    LocalDate date =
        date(
            Integer.parseInt(second.group(4)),
            Integer.parseInt(second.group(5)),
            sent.orElse(draft.receivedAt()));
    draft.itemId(date + "/" + number + "/" + keyword).takeKey(version);
    if (sent.isEmpty()) {
      draft.published(date.atStartOfDay(draft.timeZone()).toInstant());
    }
    if (draft.slugline().isEmpty()) {
      draft.slugline(family);
    }
    signals("version field", version(version), family, draft);
    String slugline = draft.slugline();
    int comma = slugline.indexOf(',');
    signals("slugline", version(comma < 0 ? "" : slugline.substring(comma + 1)), family, draft);
    Matcher words = FIRST_WORDS.matcher(draft.headline().toUpperCase(Locale.ROOT));
    signals("first words of the take", words.lookingAt() ? words.group() : "", family, draft);
  }

  /** A field's words, in capitals, where they are a version; none where they are others. */
  private static String version(String field) {
    String words = field.strip().toUpperCase(Locale.ROOT);
    return VERSION_FIELD.matcher(words).matches() ? words : "";
  }

  private static int priority(char letter) {
    int place = PRIORITIES.indexOf(letter);
    return place < 0 ? PRIORITIES.length() + 1 : place + 1;
  }

  /** The date nearest before a moment; a day after it still counts, for clocks and zones differ. */
  private static LocalDate date(int month, int day, Instant before) throws Rejection {
    LocalDate latest = before.plus(Duration.ofDays(1)).atZone(ZoneOffset.UTC).toLocalDate();
    for (int year = latest.getYear(); year > latest.getYear() - 9; year--) {
      if (isDay(year, month, day)) {
        LocalDate date = LocalDate.of(year, month, day);
        if (!date.isAfter(latest)) {
          return date;
        }
      }
    }
    throw new Rejection("The header's date %02d-%02d is no day.".formatted(month, day));
  }

  private static boolean isDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= java.time.YearMonth.of(year, month).lengthOfMonth();
  }

  private static Optional<Instant> sent(String trailer, Draft draft) {
    Matcher matcher = SENT.matcher(trailer);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Moments.parse(
        "%s-%s-%sT%s:%s%s"
            .formatted(
                (matcher.group(3).compareTo("70") < 0 ? "20" : "19") + matcher.group(3),
                matcher.group(1),
                matcher.group(2),
                matcher.group(4),
                matcher.group(5),
                "GMT".equals(matcher.group(6)) ? "Z" : ""),
        draft.timeZone());
  }

  private static void signals(String field, String words, String family, Draft draft) {
    Matcher matcher = SIGNAL.matcher(words);
    String given = field + ": " + words;
    while (matcher.find()) {
      switch (matcher.group(1)) {
        case "KILL" ->
            draft
                .signal("kill", given)
                .status(Status.CANCELED)
                .statusReason("The transmission kills what was sent before as " + family + ".");
        case "CORRECTION", "CORRECTIVE" -> draft.signal(Signals.CORRECTION, given);
        case "LD" -> draft.signal("lead", given);
        default -> draft.signal(matcher.group(1).toLowerCase(Locale.ROOT), given);
      }
    }
  }

  /**
   * The lines of a text. Those that begin with {@code ^} and end with {@code <} or {@code =} before
   * the first paragraph are, in this order, slugline with word count, headline, and any of notes,
   * byline and summary. Services that send no such lines send the headline as it is, and indent the
   * paragraphs.
   */
  private static void text(String text, boolean tabular, Draft draft) {
    List<String> marked = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    List<String> body = new ArrayList<>();
    boolean isHeadlineDone = false;
    for (String line : text.lines().toList()) {
      boolean isMarked = line.startsWith("^") && endsInMark(line.stripTrailing());
      if (body.isEmpty() && isMarked && !(tabular && marked.size() == TABLE_HEAD)) {
        marked.add(unmarked(line.substring(line.lastIndexOf('^'))));
      } else if (body.isEmpty() && marked.isEmpty() && !isHeadlineDone && isFlush(line)) {
        plain.add(line);
      } else if (!body.isEmpty() || !line.isBlank()) {
        body.add(line);
      } else {
        isHeadlineDone = !plain.isEmpty();
      }
    }
    draft.headline(typographic(String.join(" ", plain)));
    head(marked, draft);
    if (tabular) {
      draft.bodyPreformatted(
          body.stream().map(Anpa1312::unmarked).collect(Collectors.joining("\n")));
    } else {
      draft.body(paragraphs(body));
      Matcher dateline = DATELINE.matcher(draft.body());
      if (dateline.lookingAt()) {
        draft.dateline(dateline.group(1) == null ? dateline.group(2) : dateline.group(1));
      }
    }
  }

  private static boolean isFlush(String line) {
    return !line.isBlank() && !Character.isWhitespace(line.charAt(0)) && !line.startsWith("^");
  }

  /** A line without the marks of its layout; the wire's fixed space is a space. */
  private static String unmarked(String line) {
    String clean = line;
    if (line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      clean = CONTROL.matcher(line.replace('\u0010', ' ')).replaceAll("");
    }
    clean = clean.stripTrailing();
    int from = clean.startsWith("^") ? 1 : 0;
    return clean.substring(from, Math.max(from, clean.length() - (endsInMark(clean) ? 1 : 0)));
  }

  private static boolean endsInMark(String line) {
    return line.endsWith("<") || line.endsWith("=");
  }

  private static void head(List<String> marked, Draft draft) {
    String byline = "";
    boolean isTitled = false;
    for (int i = 0; i < marked.size(); i++) {
      String line = PlainText.line(typographic(marked.get(i)));
      if (i == 0) {
        draft.slugline(WORDS.matcher(line).replaceFirst(""));
        draft.headline(draft.slugline());
      } else if (NOTE.matcher(line).matches()) {
        draft.note(line);
      } else if (line.startsWith("By ")) {
        byline = line;
      } else if (!byline.isEmpty() && !isTitled) {
        byline += ", " + line;
        isTitled = true;
      } else if (i == 1) {
        draft.headline(line);
      }
    }
    draft.byline(byline);
  }

  /** Paragraphs begin with an indent or after an empty line. */
  private static String paragraphs(List<String> lines) {
    PlainText plain = new PlainText();
    for (String line : lines) {
      if (line.isBlank() || Character.isWhitespace(line.charAt(0))) {
        plain.paragraph();
      } else if (line.startsWith("^")) {
        plain.lineBreak();
      }
      plain.inline(typographic(unmarked(line))).inline(" ");
    }
    return plain.toString();
  }

  /** The wires' stand-ins for the marks that their alphabet lacks. */
  private static String typographic(String text) {
    return text.indexOf('`') < 0 && text.indexOf('_') < 0 && !text.contains("''")
        ? text
        : text.replace("``", "“").replace("''", "”").replace(" _ ", " — ");
  }
}
