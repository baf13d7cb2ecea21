// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Brings the ways of writing numbers and dates of many scripts into one. */
final class Writing {

  private static final Pattern ERA = Pattern.compile("(令和|平成|昭和|民國|民国)\\s?(元|\\d{1,3})\\s?年");

  /** By the name of an era, the year before its first. */
  private static final Map<String, Integer> ERAS =
      Map.of("令和", 2018, "平成", 1988, "昭和", 1925, "民國", 1911, "民国", 1911);

  private static final Pattern YEAR_BEFORE_NUMBER =
      Pattern.compile("(?<!\\p{L})năm\\s?(?=\\d{4})", Pattern.CASE_INSENSITIVE);
  private static final Pattern YEAR_OR_MONTH = Pattern.compile("(\\d)\\s?[年년月월]\\s?");
  private static final Pattern DAY = Pattern.compile("(\\d)\\s?[日일号號]");
  private static final Pattern HOUR = Pattern.compile("(\\d)\\s?[時时点點시]\\s?(\\d)");
  private static final Pattern FULL_HOUR = Pattern.compile("(\\d)\\s?[時时点點시]");
  private static final Pattern MINUTE = Pattern.compile("(\\d)\\s?[分분]\\s?(\\d)");
  private static final Pattern END = Pattern.compile("(\\d)\\s?[分분秒초]");
  private static final Pattern NUMBERED_MONTH =
      Pattern.compile("(?<!\\p{L})(?:tháng|thg|thang)\\.?\\s?(\\d{1,2})", Pattern.CASE_INSENSITIVE);
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private Writing() {}

  /** A text with ASCII's digits, single blanks, and East Asian dates as ISO 8601 has them. */
  static String plain(String text) {
    String one = text.length() > 1000 ? text.substring(0, 1000) : text;
    String plain =
        isAscii(one) ? one : eastAsian(digits(Normalizer.normalize(one, Normalizer.Form.NFKC)));
    return SPACES.matcher(plain).replaceAll(" ").strip();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(
            c -> digits.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    return digits.toString();
  }

  private static int commonYear(MatchResult era) {
    int year = era.group(2).equals("元") ? 1 : Integer.parseInt(era.group(2));
    return ERAS.get(era.group(1)) + year;
  }

  private static String eastAsian(String text) {
    String common = ERA.matcher(text).replaceAll(era -> commonYear(era) + "年");
    common = YEAR_BEFORE_NUMBER.matcher(common).replaceAll("");
    String date = YEAR_OR_MONTH.matcher(common).replaceAll("$1-");
    date = DAY.matcher(date).replaceAll("$1 ");
    date = HOUR.matcher(date).replaceAll("$1:$2");
    date = FULL_HOUR.matcher(date).replaceAll("$1:00 ");
    date = MINUTE.matcher(date).replaceAll("$1:$2");
    date = END.matcher(date).replaceAll("$1 ");
    return NUMBERED_MONTH
        .matcher(date)
        .replaceAll("\u0001$1\u0001")
        .replaceAll("\\s?\u0001(\\d{1,2})\u0001,?\\s?", ".$1.");
  }
}
