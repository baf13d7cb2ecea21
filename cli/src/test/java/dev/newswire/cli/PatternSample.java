// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A text that a regular expression was written for, at random, and where in it the parts stand that
 * may be repeated. Look-around, anchors and flags are passed over, so that not every sample
 * matches.
 */
final class PatternSample {

  private static final int UNBOUNDED = 1_000_000;

  private final String expression;
  private final List<Character> letters;
  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<Repeated> repeated = new ArrayList<>();
  private int at;

  /** A part of the sample that the expression lets come many times. */
  record Repeated(int start, int end) {}

  /**
   * Makes a sample.
   *
   * @param letters what to choose from where the expression leaves a choice
   */
  PatternSample(String expression, List<Character> letters, Random random) {
    this.expression = expression;
    this.letters = letters;
    this.random = random;
    alternatives();
    if (at < expression.length()) {
      throw new IllegalArgumentException("not understood from " + at + " on: " + expression);
    }
  }

  String text() {
    return text.toString();
  }

  List<Repeated> repeated() {
    return List.copyOf(repeated);
  }

  /** One of several alternatives is kept, each as likely as the others. */
  private void alternatives() {
    int start = text.length();
    String kept = null;
    int known = repeated.size();
    List<Repeated> keptRepeated = List.of();
    for (int number = 1; ; number++) {
      sequence();
      if (random.nextInt(number) == 0) {
        kept = text.substring(start);
        keptRepeated = List.copyOf(repeated.subList(known, repeated.size()));
      }
      text.setLength(start);
      repeated.subList(known, repeated.size()).clear();
      if (!next('|')) {
        text.append(kept);
        repeated.addAll(keptRepeated);
        return;
      }
    }
  }

  private void sequence() {
    while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
      int begin = at;
      int start = text.length();
      atom();
      int end = at;
      int[] times = quantifier();
      int after = at;
      if (times[1] > 30 && text.length() > start) {
        repeated.add(new Repeated(start, text.length()));
      }
      int wanted = times[0] + random.nextInt(Math.min(3, times[1] - times[0] + 1));
      if (wanted == 0 && random.nextInt(3) == 0) {
        text.setLength(start);
        repeated.removeIf(part -> part.end() > start);
      }
      for (int i = 1; i < wanted; i++) {
        at = begin;
        atom();
      }
      at = after;
      assert at >= end;
    }
  }

  private void atom() {
    char c = expression.charAt(at);
    if (c == '(') {
      group();
    } else if (c == '^' || c == '$') {
      at++;
    } else if (expression.startsWith("\\b", at)) {
      at += 2;
    } else {
      int start = at;
      skipLetter();
      one(expression.substring(start, at));
    }
  }

  private void group() {
    at++;
    boolean isLookAround = false;
    if (next('?')) {
      isLookAround = "=!<".indexOf(expression.charAt(at)) >= 0;
      int from = at;
      while (":=!)".indexOf(expression.charAt(at)) < 0) {
        at++;
      }
      if (expression.charAt(at) == ')' && at > from) {
        at++;
        return;
      }
      at++;
    }
    int start = text.length();
    int known = repeated.size();
    alternatives();
    at++;
    if (isLookAround) {
      text.setLength(start);
      repeated.subList(known, repeated.size()).clear();
    }
  }

  /** Goes past what stands for one letter: itself, an escape or a class. */
  private void skipLetter() {
    char c = expression.charAt(at++);
    if (c == '\\') {
      char kind = expression.charAt(at++);
      if (kind == 'p' || kind == 'P') {
        at = expression.charAt(at) == '{' ? expression.indexOf('}', at) + 1 : at + 1;
      } else if (kind == 'x') {
        at += 2;
      } else if (kind == 'u') {
        at += 4;
      }
    } else if (c == '[') {
      at += expression.charAt(at) == '^' ? 1 : 0;
      while (expression.charAt(at) != ']') {
        skipLetter();
      }
      at++;
    }
  }

  private void one(String letter) {
    Pattern pattern = Pattern.compile(letter, Pattern.DOTALL);
    List<Character> fitting =
        letters.stream().filter(c -> pattern.matcher(String.valueOf(c)).matches()).toList();
    if (!fitting.isEmpty()) {
      text.append(fitting.get(random.nextInt(fitting.size())).charValue());
    }
  }

  private int[] quantifier() {
    int[] times = {1, 1};
    if (next('*')) {
      times = new int[] {0, UNBOUNDED};
    } else if (next('+')) {
      times = new int[] {1, UNBOUNDED};
    } else if (next('?')) {
      times = new int[] {0, 1};
    } else if (next('{')) {
      int end = expression.indexOf('}', at);
      String[] ends = expression.substring(at, end).split(",", -1);
      int least = Integer.parseInt(ends[0]);
      at = end + 1;
      boolean isOpen = ends.length == 2 && ends[1].isEmpty();
      times = new int[] {least, isOpen ? UNBOUNDED : Integer.parseInt(ends[ends.length - 1])};
    } else {
      return times;
    }
    if (!next('?')) {
      next('+');
    }
    return times;
  }

  private boolean next(char c) {
    boolean isNext = at < expression.length() && expression.charAt(at) == c;
    at += isNext ? 1 : 0;
    return isNext;
  }
}
