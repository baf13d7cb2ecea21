// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any readable text as an article, where it is asked for: the first line is the headline if it
 * stands alone, and a byline behind it is one. Nothing is recognised as this format.
 */
final class PlainArticle implements TextFormat {

  private static final Pattern BYLINE = Pattern.compile("(?i)By\\s+(\\S.{0,150})");

  /**
   * The header of a message (RFC 5322): its first lines are fields, and one of them is a known one.
   */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "\\A\\s{0,10}+(?:[A-Za-z][\\w-]{1,60}+:[^\\n]{0,2000}+\\n(?:[ \\t][^\\n]{0,2000}+\\n){0,20}+){0,40}?"
              + "(?i:message-id|mime-version|received|return-path|dkim-signature):");

  private static final int LONGEST_HEADLINE = 300;
  private static final int MOST_CONTROLS_PER_THOUSAND = 2;

  @Override
  public String name() {
    return "text";
  }

  @Override
  public boolean recognises(String text) {
    return false;
  }

  @Override
  public void parse(String text, Reading reading) {
    reading.item(() -> List.of(article(text, reading.draft())));
  }

  private static Draft article(String text, Draft draft) throws Rejection {
    long controls = text.chars().filter(PlainArticle::isUnreadable).count();
    if (controls * 1000 > (long) text.length() * MOST_CONTROLS_PER_THOUSAND) {
      throw new Rejection(
          "The document is no readable text: %d of its %d characters are control characters or broken."
              .formatted(controls, text.length()));
    }
    String plain = text.replace("\r\n", "\n").replace('\r', '\n').strip();
    int gap = plain.indexOf('\n');
    boolean hasHeadline = gap > 0 && gap <= LONGEST_HEADLINE && !plain.substring(gap).isBlank();
    String rest = hasHeadline ? plain.substring(gap).strip() : plain;
    draft.headline(hasHeadline ? plain.substring(0, gap) : "");
    String second = rest.lines().findFirst().orElse("");
    Matcher byline = BYLINE.matcher(second.strip());
    if (hasHeadline && byline.matches()) {
      draft.byline(byline.group(1));
      rest = rest.substring(second.length()).strip();
    }
    boolean hasParagraphs = plain.contains("\n\n");
    draft.body(hasParagraphs ? PlainText.paragraphs(rest) : PlainText.lines(rest));
    return draft.derivedFrom(draft.headline(), draft.body());
  }

  private static boolean isUnreadable(int c) {
    return (c < ' ' && "\t\n\r\f".indexOf(c) < 0) || c == 0x7f || c == 0xfffd;
  }

  /** Whether a text is a mail with its header. */
  static boolean isMessage(String text) {
    return MESSAGE.matcher(text).find();
  }

  /** What a text looks like that is of no known format, in a few words. */
  static String kind(String text) {
    String start = text.strip().toLowerCase(Locale.ROOT);
    if (start.startsWith("%pdf")) {
      return "a PDF file";
    } else if (start.startsWith("{\\rtf")) {
      return "an RTF document";
    } else if (isMessage(text)) {
      return "an e-mail message";
    } else if (start.startsWith("begin:vc")) {
      return "a calendar or a card";
    } else if (start.matches("(?s)user-agent:.*")) {
      return "a robots.txt";
    } else if (text.lines()
        .limit(50)
        .allMatch(line -> line.isBlank() || Addresses.isWeb(line.strip()))) {
      return "a list of addresses";
    }
    return "plain text";
  }
}
