// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static java.util.Locale.ROOT;

import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which known entity a name of one article means: by the place named right after it
 * (Tripoli, Lebanon), by longer names (Washington, D.C.), cues and countries in the rest of the
 * article, and by how large the candidates are. What these don't decide clearly stays unlinked.
 * Immutable; for one article.
 */
final class Linker {

  /** How many times likelier than the next a candidate must be. */
  private static final double CLEARLY = 20;

  /** How many times likelier a cue in the article makes a candidate, or a longer name of it. */
  private static final double CUE = 500;

  /** How many times likelier a place of the same country makes another one. */
  private static final double COUNTRY = 60;

  /** The same where only the United States themselves are named, as in most articles. */
  private static final double COUNTRY_OF_MOST_ARTICLES = 3;

  private static final Optional<String> UNITED_STATES = Optional.of("Q30");
  private static final String UNITED_STATES_CODE = "US";

  /** How many times likelier a candidate of the recognised kind is. */
  private static final double KIND = 30;

  private static final int MOST_CUES = 3;

  /** Most names that a reason gives. */
  private static final int MOST_NAMES = 3;

  /** What follows places of a list, and not a place that holds the one named before it. */
  private static final Pattern LIST_GOES_ON =
      Pattern.compile(",? (?:and|or)\\b|, [^ ,.]{1,40} (?:and|or) ");

  private static final Pattern COMMA = Pattern.compile(",\\s+");

  private final KnowledgeBase knowledge;
  private final String headline;
  private final String body;
  private final Context context;

  /** Mentions of places that stand for their teams. */
  private final Set<RecognizedMention> teams;

  /** What is named right after each mention. */
  private final Map<RecognizedMention, RecognizedMention> nextOf = new HashMap<>();

  /** Folded names, by the one country that each of them is in. */
  private final Map<String, Set<String>> namesByCountry = new HashMap<>();

  /** A linker of the mentions of an article, in the order of the text. */
  Linker(
      KnowledgeBase knowledge,
      String headline,
      String body,
      List<RecognizedMention> mentions,
      Set<RecognizedMention> teams) {
    this.teams = Set.copyOf(teams);
    this.knowledge = knowledge;
    this.headline = headline;
    this.body = body;
    context = new Context(knowledge, headline, body, mentions);
    for (int i = 0; i + 1 < mentions.size(); i++) {
      nextOf.put(mentions.get(i), mentions.get(i + 1));
    }
    for (RecognizedMention mention : mentions) {
      Set<String> countries = new HashSet<>();
      for (KnownEntity known : candidates(mention)) {
        known.country().ifPresent(countries::add);
      }
      for (String country : countries.size() == 1 ? countries : Set.<String>of()) {
        namesByCountry
            .computeIfAbsent(country, key -> new HashSet<>())
            .add(KnowledgeBase.fold(mention.text()));
      }
    }
  }

  /**
   * What mentions of the same mean.
   *
   * @param known the known entity; empty where none is known, or it isn't clear which
   * @param reason why, in a few words; made only when it is asked for
   */
  record Link(Optional<KnownEntity> known, Supplier<String> reason) {

    static Link none(Supplier<String> reason) {
      return new Link(Optional.empty(), reason);
    }
  }

  /** The known entity that mentions of the same mean, by the longest of them that is known. */
  Link link(Collection<RecognizedMention> same) {
    Link none = Link.none(() -> "nothing is known of that name");
    List<RecognizedMention> longestFirst =
        same.stream()
            .sorted(Comparator.comparing((RecognizedMention m) -> m.text().length()).reversed())
            .toList();
    for (RecognizedMention mention : longestFirst) {
      List<KnownEntity> all = candidates(mention);
      List<KnownEntity> candidates = new ArrayList<>(all);
      candidates.removeIf(known -> isAnotherPerson(known, longestFirst.get(0)));
      candidates.removeIf(known -> !known.cues().isEmpty() && needsCue(known) && cues(known) == 0);
      candidates.removeIf(known -> !context.supports(known, mention));
      keepLikelyTier(candidates);
      if (!candidates.isEmpty()) {
        return choose(candidates, mention, same);
      }
      if (!all.isEmpty()) {
        none = Link.none(() -> "nothing in the article tells of " + names(all));
      }
    }
    return none;
  }

  /**
   * Leaves the organisations and people of the best tier alone, if there is one such; the prior of
   * places is their size.
   */
  private static void keepLikelyTier(List<KnownEntity> candidates) {
    candidates.stream()
        .map(KnownEntity::tier)
        .min(Comparator.naturalOrder())
        .ifPresent(
            best ->
                candidates.removeIf(
                    known -> known.kind() != EntityKind.PLACE && known.tier() != best));
  }

  private List<KnownEntity> candidates(RecognizedMention mention) {
    if (teams.contains(mention)) {
      return knowledge.named(mention.text() + " national football team").stream()
          .filter(team -> isInArticle("football"))
          .toList();
    }
    return new ArrayList<>(
        knowledge.named(mention.text()).stream()
            .filter(known -> fits(mention.kind(), known.kind()))
            .toList());
  }

  /** A government is often taken for a place and the reverse; a person for neither. */
  private static boolean fits(EntityKind recognized, EntityKind known) {
    return (recognized == EntityKind.PERSON) == (known == EntityKind.PERSON);
  }

  /** Whether somebody named in full isn't the one whom a family name alone would mean. */
  private static boolean isAnotherPerson(KnownEntity known, RecognizedMention longest) {
    if (!known.isPerson()) {
      return false;
    }
    List<String> full = KnowledgeBase.words(longest.text());
    return full.size() > 1
        && known.names().stream()
            .map(KnowledgeBase::words)
            .noneMatch(name -> name.size() > 1 && full.containsAll(name));
  }

  /** Of towns, the largest is meant where no cue says otherwise; names of others aren't so sure. */
  private static boolean needsCue(KnownEntity known) {
    return known.kind() != EntityKind.PLACE;
  }

  private Link choose(
      List<KnownEntity> candidates, RecognizedMention mention, Collection<RecognizedMention> same) {
    List<KnownEntity> holders = new ArrayList<>();
    for (RecognizedMention one : same) {
      holders.addAll(holders(one));
    }
    if (!holders.isEmpty()) {
      candidates.removeIf(
          candidate -> holders.stream().noneMatch(holder -> isPossible(candidate, holder)));
    }
    if (candidates.isEmpty()) {
      return Link.none(() -> "none of that name is known in " + names(holders));
    }
    if (candidates.size() == 1) {
      KnownEntity only = candidates.get(0);
      return new Link(
          Optional.of(only),
          () ->
              holders.isEmpty()
                  ? withCues(only, "the only one known of that name that fits")
                  : "in " + names(holders) + ", which is named right after it");
    }
    Map<KnownEntity, String> longer = longerNames(candidates, mention);
    if (longer.size() > 1) {
      return Link.none(
          () -> "the article has: " + String.join(", ", new TreeSet<>(longer.values())));
    }
    Map<KnownEntity, Double> odds = new HashMap<>();
    for (KnownEntity candidate : candidates) {
      boolean sameKind = candidate.kind() == mention.kind();
      double inFull = longer.containsKey(candidate) ? ofLongerName(candidate, candidates) : 1;
      odds.put(candidate, odds(candidate) * (sameKind ? KIND : 1) * inFull);
    }
    candidates.sort(Comparator.comparing((KnownEntity known) -> odds.get(known)).reversed());
    KnownEntity best = candidates.get(0);
    if (odds.get(best) >= CLEARLY * odds.get(candidates.get(1))) {
      return new Link(
          Optional.of(best),
          () -> {
            String why = "likelier than " + names(candidates.subList(1, candidates.size()));
            return withCues(
                best, longer.containsKey(best) ? "named in full: " + longer.get(best) : why);
          });
    }
    return Link.none(() -> "nothing tells which of " + names(candidates));
  }

  /**
   * The places among those of a name that the article also calls by a longer one, which holds the
   * name and means them alone, such as Washington, D.C. A town in a larger region of its name is
   * none of them: where there is Gaza City, Gaza is the region.
   */
  private Map<KnownEntity, String> longerNames(
      List<KnownEntity> candidates, RecognizedMention mention) {
    Map<KnownEntity, String> longer = new HashMap<>();
    if (mention.kind() != EntityKind.PLACE) {
      return longer;
    }
    String name = KnowledgeBase.fold(mention.text());
    for (KnownEntity known : candidates) {
      if (known.kind() == EntityKind.PLACE
          && candidates.stream().noneMatch(other -> isWithin(known, other))) {
        known.names().stream()
            .filter(full -> full.length() > name.length() && isIn(KnowledgeBase.fold(full), name))
            .filter(this::isOfOnePlace)
            .filter(full -> isInArticle(full) || isInArticle(full.toUpperCase(ROOT)))
            .findFirst()
            .ifPresent(full -> longer.put(known, full));
      }
    }
    return longer;
  }

  private boolean isOfOnePlace(String name) {
    return knowledge.named(name).stream().filter(one -> one.kind() == EntityKind.PLACE).count()
        == 1;
  }

  /**
   * How many times likelier its longer name makes a candidate: less where its country has a better
   * known one, for who writes Washington state may do so because Washington alone is the capital.
   */
  private static double ofLongerName(KnownEntity known, List<KnownEntity> candidates) {
    boolean isLesser =
        candidates.stream()
            .anyMatch(
                other -> other.size() > known.size() && countryOf(other).equals(countryOf(known)));
    return isLesser ? COUNTRY : CUE;
  }

  /** Whether a town is in a region that is better known than it. */
  private static boolean isWithin(KnownEntity town, KnownEntity region) {
    return !town.isArea()
        && region.isArea()
        && region.size() > town.size()
        && countryOf(town).equals(countryOf(region));
  }

  /** A reason, with what in the article speaks for the entity besides. */
  private String withCues(KnownEntity known, String reason) {
    List<String> reasons = new ArrayList<>();
    if (knowledge.isOwn(known)) {
      reasons.add("in your own list");
    }
    reasons.add(reason);
    String cues =
        known.cues().stream()
            .filter(this::isInArticle)
            .limit(MOST_CUES)
            .collect(Collectors.joining(", "));
    if (!cues.isEmpty()) {
      reasons.add("the article has: " + cues);
    }
    String others = String.join(", ", new TreeSet<>(othersOfCountry(known)));
    if (!others.isEmpty() && !known.isPerson()) {
      reasons.add("of the same country: " + others);
    }
    if (known.size() > 0 && reasons.size() == 1) {
      reasons.add(
          known.isArea()
              ? "a country or region"
              : "its size, " + String.format(ROOT, "%,d", known.size()));
    }
    return String.join("; ", reasons);
  }

  private static String names(List<KnownEntity> entities) {
    String first =
        entities.stream()
            .limit(MOST_NAMES)
            .map(
                known ->
                    known.name()
                        + known.country().map(c -> " (" + c + ")").orElse("")
                        + known.wikidataId().map(id -> " " + id).orElse(""))
            .distinct()
            .collect(Collectors.joining(", "));
    int more = entities.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private double odds(KnownEntity candidate) {
    double odds = (candidate.size() + 1.0) * Math.pow(CUE, cues(candidate));
    Set<String> others = othersOfCountry(candidate);
    if (others.isEmpty()) {
      return odds;
    }
    boolean onlyUnitedStates =
        others.stream()
            .flatMap(name -> knowledge.named(name).stream())
            .allMatch(known -> known.wikidataId().equals(UNITED_STATES));
    return odds * (onlyUnitedStates ? COUNTRY_OF_MOST_ARTICLES : COUNTRY);
  }

  /** Names of the article, folded, that are of the same country. */
  private Set<String> othersOfCountry(KnownEntity candidate) {
    Set<String> others = new HashSet<>(namesByCountry.getOrDefault(countryOf(candidate), Set.of()));
    candidate.names().forEach(name -> others.remove(KnowledgeBase.fold(name)));
    return others;
  }

  private static String countryOf(KnownEntity known) {
    return known.country().orElse("");
  }

  private int cues(KnownEntity known) {
    return (int) known.cues().stream().filter(this::isInArticle).limit(MOST_CUES).count();
  }

  private boolean isInArticle(String cue) {
    return isIn(headline, cue) || isIn(body, cue);
  }

  private static boolean isIn(String text, String cue) {
    for (int at = text.indexOf(cue); at >= 0; at = text.indexOf(cue, at + 1)) {
      int end = at + cue.length();
      boolean starts = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  /** The countries or regions that the text names right after a place, as what holds it. */
  private List<KnownEntity> holders(RecognizedMention mention) {
    RecognizedMention after = nextOf.get(mention);
    if (mention.kind() != EntityKind.PLACE || after == null) {
      return List.of();
    }
    String text = mention.field() == TextField.HEADLINE ? headline : body;
    boolean follows =
        after.field() == mention.field()
            && after.kind() == EntityKind.PLACE
            && after.start() >= mention.end()
            && after.start() - mention.end() <= 3
            && COMMA.matcher(text.substring(mention.end(), after.start())).matches();
    if (!follows || LIST_GOES_ON.matcher(text).region(after.end(), text.length()).lookingAt()) {
      return List.of();
    }
    return knowledge.named(after.text()).stream().filter(KnownEntity::isArea).toList();
  }

  /**
   * Whether an area right after a name may hold what the name means, or stand in a list with it.
   */
  private static boolean isPossible(KnownEntity candidate, KnownEntity holder) {
    boolean isState =
        countryOf(holder).equals(UNITED_STATES_CODE) && !holder.wikidataId().equals(UNITED_STATES);
    if (candidate.isArea()) {
      return !isState || countryOf(candidate).equals(UNITED_STATES_CODE);
    }
    boolean sameCountry =
        !countryOf(candidate).isEmpty() && countryOf(candidate).equals(countryOf(holder));
    boolean otherState =
        isState && !candidate.cues().isEmpty() && !candidate.cues().contains(holder.name());
    return sameCountry && !otherState;
  }
}
