// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Invented events of twenty kinds that the same words report: five events of each kind, each in two
 * wordings. Two events of a kind must stay apart, and two wordings of an event must come together.
 *
 * @param kind the kind of event
 * @param event which of the five, from 0
 * @param wording which of the two, from 0
 */
record LookAlikes(String kind, int event, int wording, String headline, String body) {

  private static final String RESOURCE = "look-alikes.txt";

  /** Two texts, and whether they tell of one event. */
  record Pair(LookAlikes one, LookAlikes other) {

    boolean together() {
      return one.event() == other.event();
    }
  }

  /** All texts: kind by kind, event by event. */
  static List<LookAlikes> all() {
    List<LookAlikes> texts = new ArrayList<>();
    String kind = "";
    List<String> wordings = new ArrayList<>();
    int event = 0;
    for (String line : lines()) {
      String rest = line.length() < 2 ? "" : line.substring(2);
      if (line.startsWith("= ")) {
        kind = rest;
        wordings.clear();
        event = 0;
      } else if (line.startsWith("A ") || line.startsWith("B ")) {
        wordings.add(rest);
      } else if (line.startsWith("- ")) {
        for (int wording = 0; wording < wordings.size(); wording++) {
          texts.add(text(kind, event, wording, wordings.get(wording), rest.split("\\|", -1)));
        }
        event++;
      }
    }
    return texts;
  }

  private static List<String> lines() {
    try (InputStream in = LookAlikes.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE, e);
    }
  }

  private static LookAlikes text(
      String kind, int event, int wording, String template, String[] values) {
    String text = template;
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", values[i]);
    }
    String[] parts = text.split(" \\|\\| ", -1);
    return new LookAlikes(kind, event, wording, upper(parts[0]), upper(parts[1]));
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** 200 pairs of events of one kind, in the same wording and in different ones by turns. */
  static List<Pair> apart() {
    List<LookAlikes> all = all();
    List<Pair> pairs = new ArrayList<>();
    for (LookAlikes one : all) {
      for (LookAlikes other : all) {
        boolean next = one.kind().equals(other.kind()) && one.event() < other.event();
        boolean turn = (one.event() + other.event()) % 3 < 2;
        if (next && one.wording() == 0 && other.wording() == (turn ? 0 : 1)) {
          pairs.add(new Pair(one, other));
        }
      }
    }
    return pairs;
  }

  /** 60 pairs of wordings of one event. */
  static List<Pair> together() {
    List<LookAlikes> all = all();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      if (all.get(i).event() < 3) {
        pairs.add(new Pair(all.get(i), all.get(i + 1)));
      }
    }
    return pairs;
  }
}
