// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.schemas.EntityKind;
import dev.newswire.training.LabelledSentence.NameSpan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives documents what news has and the corpora don't: headlines in capitals or title case,
 * datelines, tables of results, names of companies; and other names in the places of some, so that
 * contexts are learnt rather than names.
 */
final class Augmentation {

  /** Words that title case leaves small. */
  private static final Set<String> SMALL =
      Set.of(
          "a", "an", "the", "and", "but", "or", "nor", "for", "of", "in", "on", "at", "to", "by",
          "as", "from", "with", "over", "into", "is", "'s", "n't");

  private static final List<String> AGENCIES =
      List.of("Reuters", "AP", "AFP", "UPI", "dpa", "Xinhua");
  static final List<String> MONTHS =
      List.of(
          "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
          "Dec.");

  private static final float HEADLINES = 0.3f;
  private static final float DATELINES = 0.15f;

  /** Share of headlines that get a slug, and of documents that get lines as wires have them. */
  private static final float SLUGS = 0.2f;

  private static final float OWN_DATELINES = 0.05f;
  private static final float RESULTS = 0.05f;

  /** Share of the names that become others, and of organisations that become companies. */
  private static final float REPLACED = 0.12f;

  private static final float COMPANIES = 0.04f;

  private static final int LONGEST_NAME = 6;

  private static final List<String> COMPANY_ENDINGS =
      List.of(
          "Inc",
          "Corp",
          "Co",
          "Ltd",
          "plc",
          "Group",
          "Inc.",
          "Corp.",
          "Co.",
          "Holdings",
          "AG",
          "SA",
          "Industries",
          "International",
          "Bank",
          "Energy");

  private final Random random;
  private final List<List<String>> places = new ArrayList<>();
  private final Map<EntityKind, List<List<String>>> names = new EnumMap<>(EntityKind.class);

  Augmentation(long seed, List<List<LabelledSentence>> documents) {
    random = new Random(seed);
    for (List<LabelledSentence> document : documents) {
      for (LabelledSentence sentence : document) {
        for (NameSpan name : sentence.names()) {
          if (name.end() - name.first() <= LONGEST_NAME
              && Character.isUpperCase(sentence.tokens().get(name.first()).charAt(0))) {
            names
                .computeIfAbsent(name.kind(), key -> new ArrayList<>())
                .add(sentence.tokens().subList(name.first(), name.end()));
          }
          boolean place = name.kind() == EntityKind.PLACE && name.end() - name.first() <= 2;
          if (place && Character.isUpperCase(sentence.tokens().get(name.first()).charAt(0))) {
            places.add(sentence.tokens().subList(name.first(), name.end()));
          }
        }
      }
    }
  }

  /** The document, some of its names others, sometimes with a headline or a dateline. */
  LabelledDocument augment(List<LabelledSentence> original) {
    Map<List<String>, List<String>> replacements = new HashMap<>();
    List<LabelledSentence> document =
        original.stream().map(sentence -> withOtherNames(sentence, replacements)).toList();
    List<LabelledSentence> headline = new ArrayList<>();
    List<LabelledSentence> body = new ArrayList<>(document);
    if (random.nextFloat() < HEADLINES) {
      headline.add(headline(document.get(random.nextInt(document.size()))));
    }
    if (random.nextFloat() < DATELINES && document.size() > 2) {
      body.set(0, withDateline(document.get(0)));
    }
    WireLines lines = new WireLines(random, names.get(EntityKind.PERSON), places);
    if (!headline.isEmpty() && random.nextFloat() < SLUGS) {
      headline.set(0, lines.withSlug(headline.get(0)));
    }
    if (random.nextFloat() < OWN_DATELINES) {
      body.add(0, lines.dateline());
    }
    if (random.nextFloat() < RESULTS) {
      body.addAll(lines.results());
    }
    return Detokenizer.detokenize(headline, body);
  }

  /** Puts another name of the same kind in place of some, the same one throughout a document. */
  private LabelledSentence withOtherNames(
      LabelledSentence sentence, Map<List<String>, List<String>> replacements) {
    List<String> tokens = new ArrayList<>();
    List<NameSpan> names = new ArrayList<>();
    int at = 0;
    for (NameSpan name : sentence.names()) {
      tokens.addAll(sentence.tokens().subList(at, name.first()));
      List<String> words = sentence.tokens().subList(name.first(), name.end());
      List<String> others =
          replacements.computeIfAbsent(words, key -> replacement(name.kind(), words));
      names.add(new NameSpan(tokens.size(), tokens.size() + others.size(), name.kind()));
      tokens.addAll(others);
      at = name.end();
    }
    tokens.addAll(sentence.tokens().subList(at, sentence.tokens().size()));
    return new LabelledSentence(tokens, names);
  }

  private List<String> replacement(EntityKind kind, List<String> words) {
    float chance = random.nextFloat();
    if (chance >= REPLACED || Character.isLowerCase(words.get(0).charAt(0))) {
      return words;
    }
    if (kind == EntityKind.ORGANISATION && chance < COMPANIES) {
      List<String> person = any(EntityKind.PERSON);
      List<String> company = new ArrayList<>(random.nextBoolean() ? words : person);
      company.add(COMPANY_ENDINGS.get(random.nextInt(COMPANY_ENDINGS.size())));
      return company;
    }
    List<String> other = any(kind);
    // A part of a name, such as a family name, stays one.
    return (other.size() > 1) == (words.size() > 1) ? other : words;
  }

  private List<String> any(EntityKind kind) {
    List<List<String>> all = names.get(kind);
    return all.get(random.nextInt(all.size()));
  }

  private LabelledSentence headline(LabelledSentence sentence) {
    UnaryOperator<String> casing =
        random.nextInt(5) < 3 ? word -> word.toUpperCase(Locale.ROOT) : Augmentation::title;
    List<String> tokens = sentence.tokens().stream().map(casing).toList();
    boolean point = tokens.size() > 1 && tokens.get(tokens.size() - 1).equals(".");
    return new LabelledSentence(
        point ? tokens.subList(0, tokens.size() - 1) : tokens, sentence.names());
  }

  private static String title(String word) {
    if (SMALL.contains(word.toLowerCase(Locale.ROOT))) {
      return word;
    }
    int first = word.offsetByCodePoints(0, 1);
    return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
  }

  private LabelledSentence withDateline(LabelledSentence sentence) {
    List<String> tokens = new ArrayList<>();
    List<NameSpan> names = new ArrayList<>();
    for (String word : places.get(random.nextInt(places.size()))) {
      tokens.add(word.toUpperCase(Locale.ROOT));
    }
    names.add(new NameSpan(0, tokens.size(), EntityKind.PLACE));
    if (random.nextInt(4) == 0) {
      List<String> country = places.get(random.nextInt(places.size()));
      tokens.add(",");
      names.add(new NameSpan(tokens.size(), tokens.size() + country.size(), EntityKind.PLACE));
      tokens.addAll(country);
    }
    if (random.nextBoolean()) {
      tokens.addAll(
          List.of(",", MONTHS.get(random.nextInt(12)), Integer.toString(1 + random.nextInt(28))));
    }
    if (random.nextInt(3) > 0) {
      names.add(new NameSpan(tokens.size() + 1, tokens.size() + 2, EntityKind.ORGANISATION));
      tokens.addAll(List.of("(", AGENCIES.get(random.nextInt(AGENCIES.size())), ")"));
    }
    // A hyphen right after a word would be read as a part of it.
    boolean word = Character.isLetter(tokens.get(tokens.size() - 1).charAt(0));
    tokens.add(random.nextInt(3) == 0 ? "--" : random.nextBoolean() ? "—" : word ? "–" : "-");
    int offset = tokens.size();
    tokens.addAll(sentence.tokens());
    for (NameSpan name : sentence.names()) {
      names.add(new NameSpan(name.first() + offset, name.end() + offset, name.kind()));
    }
    return new LabelledSentence(tokens, names);
  }
}
