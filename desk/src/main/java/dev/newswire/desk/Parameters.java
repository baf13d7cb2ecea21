// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.http.HttpCall;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the query of an address gives, checked. */
final class Parameters {

  /** The longest of a single value, in characters. */
  private static final int LONGEST = 1000;

  private static final int MOST_VALUES = 20;

  private final HttpCall call;

  /**
   * The parameters of a call.
   *
   * @param names all that it may give
   * @throws Problem where it gives another
   */
  Parameters(HttpCall call, Set<String> names) {
    this.call = call;
    Set<String> unknown = new TreeSet<>(call.parameterNames());
    unknown.removeAll(names);
    unknown.remove("token");
    if (!unknown.isEmpty()) {
      throw Problem.badParameter(
          "query",
          unknown.iterator().next(),
          "parameter here; allowed are " + String.join(", ", new TreeSet<>(names)));
    }
  }

  /** A value; empty where it is not given. */
  Optional<String> text(String name) {
    Optional<String> text = call.parameter(name).filter(value -> !value.isBlank());
    if (text.isPresent() && text.get().length() > LONGEST) {
      throw new Problem(
          400, "A parameter is wrong", name + ": longer than " + LONGEST + " characters");
    }
    return text;
  }

  /** A value that must be given. */
  String needed(String name, String meaning) {
    return text(name)
        .orElseThrow(() -> new Problem(400, "A parameter is missing", name + ": " + meaning));
  }

  /** All values of a name. */
  List<String> values(String name) {
    List<String> values = call.parameters(name).stream().filter(value -> !value.isBlank()).toList();
    if (values.size() > MOST_VALUES) {
      throw new Problem(400, "A parameter is wrong", name + ": more than " + MOST_VALUES);
    }
    return values;
  }

  /** A moment, or the first of a day. */
  Optional<Instant> moment(String name) {
    return text(name).map(text -> moment(name, text));
  }

  private static Instant moment(String name, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badParameter(
          name, text, "moment; it is a day such as 2026-03-02, or an ISO time in UTC");
    }
  }

  /** A number from 1. */
  int number(String name, int usual, int most) {
    String text = text(name).orElse(Integer.toString(usual));
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw Problem.badParameter(name, text, "number from 1 to " + most);
    }
    return Integer.parseInt(text);
  }

  /** One of some words, the first where none is given. */
  String choice(String name, List<String> words) {
    String word = text(name).orElse(words.get(0));
    if (!words.contains(word)) {
      throw Problem.badParameter(name, word, "choice; it is " + String.join(" or ", words));
    }
    return word;
  }
}
