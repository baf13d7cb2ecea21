// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Teletype texts that lost their control characters on the way: transmissions of IPTC 7901 without
 * SOH, as dpa sends them by mail and file; and messages between ZCZC and NNNN (ITU-T Recommendation
 * S.4), with or without such a header.
 */
final class TelexText implements StreamFormat {

  private static final String BEGIN = "ZCZC";
  private static final String END = "NNNN";
  private static final String MEDIA_TYPE = "text/plain";
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z]{2,4}\\d{2,5}\\s+[1-9]\\s+[A-Za-z]{1,4}\\s+\\d{1,4}\\b.{0,60}");
  private static final int LONGEST_HEADER_LINE = 80;

  @Override
  public String name() {
    return "telex";
  }

  @Override
  public boolean recognises(byte[] opening) {
    String first =
        new String(opening, StandardCharsets.ISO_8859_1)
            .lines()
            .map(TelexText::stripped)
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElse("");
    return isBegin(first) || (BARE.matcher(first).matches() && Iptc7901.isHeader(first));
  }

  private static boolean isBegin(String line) {
    return line.startsWith(BEGIN)
        && (line.length() == BEGIN.length() || !Character.isLetter(line.charAt(BEGIN.length())));
  }

  private static String stripped(String line) {
    return line.replaceAll("[\\p{Cntrl}&&[^\\t]]", "").strip();
  }

  @Override
  public void parse(InputStream content, Reading reading) throws IOException {
    InputStream lines = new BufferedInputStream(content);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean isFramed = false;
    for (byte[] line = line(lines, reading); line.length > 0; line = line(lines, reading)) {
      String text = stripped(new String(line, StandardCharsets.ISO_8859_1));
      if (isBegin(text)) {
        complete(message, isFramed, reading);
        isFramed = true;
      }
      if (message.size() + line.length <= reading.limits().item() + 1) {
        message.writeBytes(line);
      }
      if (isFramed && text.equals(END)) {
        complete(message, false, reading);
        isFramed = false;
      }
    }
    complete(message, isFramed, reading);
  }

  /** A line with its end, or as much of it as an item may hold; empty at the end of the stream. */
  private static byte[] line(InputStream lines, Reading reading) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = lines.read(); b >= 0; b = lines.read()) {
      line.write(b);
      if (b == '\n' || line.size() > reading.limits().item()) {
        break;
      }
    }
    return line.toByteArray();
  }

  /**
   * Reads a message, if it is more than blanks.
   *
   * @param isOpen whether it has begun with ZCZC and has no end
   */
  private static void complete(ByteArrayOutputStream message, boolean isOpen, Reading reading) {
    byte[] bytes = message.toByteArray();
    message.reset();
    if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
      return;
    }
    ByteBuffer all = ByteBuffer.wrap(bytes);
    if (isOpen) {
      reading.reject(all, MEDIA_TYPE, "The message is truncated: it has no end (NNNN).");
    } else {
      reading.item(
          all,
          MEDIA_TYPE,
          () -> List.of(item(Decoder.decodePlain(bytes, reading.delivery()).text(), reading)));
    }
  }

  private static Draft item(String text, Reading reading) throws Rejection {
    List<String> lines = new ArrayList<>();
    text.lines()
        .map(line -> line.replaceAll("[\\p{Cntrl}&&[^\\t]]", "").stripTrailing())
        .filter(line -> !line.equals(END))
        .forEach(lines::add);
    trim(lines);
    if (!lines.isEmpty() && isBegin(lines.get(0).strip())) {
      lines.set(0, lines.get(0).strip().substring(BEGIN.length()).strip());
      trim(lines);
    }
    if (lines.isEmpty()) {
      throw new Rejection("The message between ZCZC and NNNN is empty.");
    }
    return Iptc7901.isHeader(lines.get(0).strip())
        ? Iptc7901.item(transmission(lines), reading.draft())
        : message(lines, reading.draft());
  }

  private static void trim(List<String> lines) {
    while (!lines.isEmpty() && lines.get(0).isBlank()) {
      lines.remove(0);
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
  }

  /** Header, keywords behind it, text, and when it was sent. */
  private static Transmissions.Transmission transmission(List<String> lines) {
    List<String> rest = new ArrayList<>(lines.subList(1, lines.size()));
    trim(rest);
    String header = lines.get(0).strip();
    if (!rest.isEmpty() && (rest.get(0).startsWith("/") || rest.get(0).strip().endsWith("/"))) {
      header += "\n" + rest.remove(0).strip();
    }
    String trailer = "";
    if (!rest.isEmpty() && Iptc7901.isTrailer(rest.get(rest.size() - 1).strip())) {
      trailer = rest.remove(rest.size() - 1).strip();
    }
    return new Transmissions.Transmission(header, String.join("\n", rest), trailer);
  }

  /** A message of no known header: what stands behind ZCZC, the headline, the text. */
  private static Draft message(List<String> lines, Draft draft) {
    List<String> rest = new ArrayList<>(lines);
    boolean hasHeader =
        rest.size() > 1
            && rest.get(0).length() <= LONGEST_HEADER_LINE
            && rest.get(0).chars().anyMatch(Character::isDigit)
            && rest.get(0).indexOf(' ') < rest.get(0).length();
    String header = hasHeader ? rest.remove(0).strip() : "";
    trim(rest);
    draft.slugline(header);
    draft.headline(rest.isEmpty() ? "" : rest.remove(0));
    draft.body(PlainText.paragraphs(String.join("\n", rest)));
    return draft.derivedFrom(header, draft.headline(), draft.body());
  }
}
