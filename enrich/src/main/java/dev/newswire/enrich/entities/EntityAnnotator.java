// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.enrich.entities.KnownEntity.Region;
import dev.newswire.enrich.entities.Linker.Link;
import dev.newswire.enrich.recognition.EntityRecognizer;
import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.enrich.text.CodePoints;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the entities of an article. Immutable. */
public final class EntityAnnotator {

  /** How many mentions in the body one in the headline is worth. */
  private static final int HEADLINE_WEIGHT = 4;

  /** Words that a place follows, and a person hardly. */
  private static final Pattern BEFORE_PLACE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])(?:[Ii]n|[Aa]t|[Ff]rom|[Tt]o|[Nn]ear|[Oo]f|[Oo]utside|[Ii]nside)\\s\\z");

  /** So much white space may follow a signature. */
  private static final int LONGEST_END = 40;

  /** What is no single word: several, or letters that stand for some. */
  private static final Pattern SEVERAL_WORDS = Pattern.compile("^.[^ -]*+[ -].+|^\\p{Lu}{2,}");

  /** What may be a country or region after the name of a town. */
  private static final Pattern AREA_AFTER =
      Pattern.compile(",\\s(\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?)(?=[,.;]|$)");

  private final KnowledgeBase knowledge;
  private final EntityRecognizer recognizer;

  /** The recogniser, that finds listed names too. */
  private final EntityRecognizer names;

  /** An annotator that finds names by a recogniser, and knows these entities. */
  public EntityAnnotator(KnowledgeBase knowledge, EntityRecognizer recognizer) {
    this(knowledge, recognizer, new KnowledgeNames(recognizer, knowledge));
  }

  private EntityAnnotator(
      KnowledgeBase knowledge, EntityRecognizer recognizer, EntityRecognizer names) {
    this.knowledge = knowledge;
    this.recognizer = recognizer;
    this.names = names;
  }

  /** The same, that also finds and knows entities of a user's own. */
  public EntityAnnotator with(EntityList own) {
    return own.entities().isEmpty()
        ? this
        : new EntityAnnotator(
            knowledge.with(own.entities()), new ListedNames(recognizer, own.entities()));
  }

  /** Name and version of what recognises names. */
  public String model() {
    return recognizer.name();
  }

  /** Whether it heeds its deadline, or is done within it in any case. */
  public boolean endsInTime() {
    return recognizer.endsInTime();
  }

  /** The entities of an article, the most salient first. */
  public List<Entity> annotate(String headline, String body) {
    return annotate(headline, body, Deadline.NONE);
  }

  /** The same, by a deadline. */
  public List<Entity> annotate(String headline, String body, Deadline deadline) {
    return explain(headline, body, deadline).stream().map(Explained::entity).toList();
  }

  /** The same, each with the reason for what it is linked to. */
  public List<Explained> explain(String headline, String body, Deadline deadline) {
    List<RecognizedMention> recognized =
        joinPlaces(
            new MentionRules(knowledge, headline, body)
                .apply(names.recognize(Tokenizer.tokenize(headline), Tokenizer.tokenize(body))),
            headline,
            body);
    List<RecognizedMention> retyped = retype(recognized, headline, body);
    Set<RecognizedMention> teams = new HashSet<>();
    List<RecognizedMention> mentions = withTeams(retyped, headline, body, teams);
    Linker linker = new Linker(knowledge, headline, body, mentions, teams);
    Map<Object, Group> groups = new LinkedHashMap<>();
    for (List<RecognizedMention> same : Coreference.join(mentions)) {
      deadline.check();
      Link link = linker.link(same);
      Object identity = link.known().isPresent() ? link.known().get() : same;
      groups.computeIfAbsent(identity, key -> new Group(link, new ArrayList<>())).addAll(same);
    }
    return entities(groups, headline, body);
  }

  private List<Explained> entities(Map<Object, Group> groups, String headline, String body) {
    CodePoints inHeadline = new CodePoints(headline);
    CodePoints inBody = new CodePoints(body);
    double most = groups.values().stream().mapToDouble(Group::weight).max().orElse(1);
    return groups.values().stream()
        .map(group -> new Explained(entity(group, inHeadline, inBody, most), group.link().reason()))
        .sorted(Comparator.comparing((Explained one) -> one.entity().getSalience()).reversed())
        .toList();
  }

  /**
   * The entities of an article in another language: those whose names of that language are known.
   *
   * @param language ISO 639-1, one of {@link ForeignNames#LANGUAGES}
   */
  public List<Entity> annotateForeign(
      String headline, String body, String language, Deadline deadline) {
    ForeignNames foreign = new ForeignNames(knowledge.file());
    List<ForeignNames.Found> found =
        new ArrayList<>(foreign.find(headline, TextField.HEADLINE, language, deadline));
    found.addAll(foreign.find(body, TextField.BODY, language, deadline));
    Map<Object, Group> groups = new LinkedHashMap<>();
    for (ForeignNames.Found name : found) {
      Link link = new Link(Optional.of(name.known()), () -> "known by that name in " + language);
      groups
          .computeIfAbsent(name.known(), key -> new Group(link, new ArrayList<>()))
          .addAll(List.of(name.mention()));
    }
    return entities(groups, headline, body).stream().map(Explained::entity).toList();
  }

  /** Makes organisations of the places that stand for their teams, and notes those. */
  private static List<RecognizedMention> withTeams(
      List<RecognizedMention> mentions,
      String headline,
      String body,
      Set<RecognizedMention> teams) {
    Set<RecognizedMention> found = new Teams(headline, body).find(mentions);
    List<RecognizedMention> all = new ArrayList<>();
    for (RecognizedMention mention : mentions) {
      RecognizedMention kept = mention;
      if (found.contains(mention)) {
        kept = MentionRules.ofKind(mention, EntityKind.ORGANISATION);
        teams.add(kept);
      }
      all.add(kept);
    }
    return all;
  }

  /** Makes one mention of two places that are one known name, such as Washington, D.C. */
  private List<RecognizedMention> joinPlaces(
      List<RecognizedMention> mentions, String headline, String body) {
    List<RecognizedMention> joined = new ArrayList<>();
    for (RecognizedMention mention : mentions) {
      RecognizedMention before = joined.isEmpty() ? mention : joined.get(joined.size() - 1);
      String text = mention.field() == TextField.HEADLINE ? headline : body;
      boolean near =
          before.field() == mention.field()
              && mention.start() > before.end()
              && mention.start() - before.end() <= 2
              && before.kind() == EntityKind.PLACE
              && mention.kind() == EntityKind.PLACE;
      String both = near ? text.substring(before.start(), mention.end()) : "";
      boolean inArea = knowledge.named(mention.text()).stream().anyMatch(KnownEntity::isArea);
      if (near && !inArea && !knowledge.named(both).isEmpty()) {
        joined.set(
            joined.size() - 1,
            new RecognizedMention(
                mention.field(), before.start(), mention.end(), both, EntityKind.PLACE));
      } else {
        joined.add(mention);
      }
    }
    return joined;
  }

  /**
   * Gives mentions another kind where the rest of the article, or what is known of the name, says
   * that the recogniser erred.
   */
  private List<RecognizedMention> retype(
      List<RecognizedMention> mentions, String headline, String body) {
    Set<String> wordsOfPeople = new HashSet<>();
    for (RecognizedMention mention : mentions) {
      if (mention.kind() == EntityKind.PERSON && mention.text().contains(" ")) {
        wordsOfPeople.addAll(List.of(KnowledgeBase.fold(mention.text()).split("\\s+", -1)));
      }
    }
    return mentions.stream()
        .map(
            mention -> {
              String text = mention.field() == TextField.HEADLINE ? headline : body;
              EntityKind kind = kindOf(mention, text, wordsOfPeople);
              return new RecognizedMention(
                  mention.field(), mention.start(), mention.end(), mention.text(), kind);
            })
        .toList();
  }

  private EntityKind kindOf(RecognizedMention mention, String text, Set<String> wordsOfPeople) {
    if (mention.kind() != EntityKind.PERSON) {
      boolean person =
          wordsOfPeople.contains(KnowledgeBase.fold(mention.text()))
              && !followsPreposition(mention, text);
      return person ? EntityKind.PERSON : mention.kind();
    }
    List<KnownEntity> known = knowledge.named(mention.text());
    if (known.isEmpty() || known.stream().anyMatch(KnownEntity::isPerson)) {
      return EntityKind.PERSON;
    }
    boolean severalWords = SEVERAL_WORDS.matcher(mention.text()).matches();
    boolean certain = known.stream().anyMatch(entity -> entity.wikidataId().isPresent());
    if ((severalWords && certain) || isSignature(mention, text)) {
      return known.get(0).kind();
    }
    boolean isNobody = !wordsOfPeople.contains(KnowledgeBase.fold(mention.text()));
    boolean isArea = known.stream().anyMatch(KnownEntity::isArea);
    boolean isPlace = (isArea && followsPreposition(mention, text)) || isBeforeArea(mention, text);
    return isNobody && isPlace ? EntityKind.PLACE : EntityKind.PERSON;
  }

  private static boolean followsPreposition(RecognizedMention mention, String text) {
    String before = text.substring(Math.max(0, mention.start() - 10), mention.start());
    return BEFORE_PLACE.matcher(before).find();
  }

  /** Whether nothing follows, as after the agency or the author who signs an article. */
  private static boolean isSignature(RecognizedMention mention, String text) {
    return text.length() - mention.end() < LONGEST_END && text.substring(mention.end()).isBlank();
  }

  /** Whether a comma and a known country or region follow, as after a town's name. */
  private boolean isBeforeArea(RecognizedMention mention, String text) {
    Matcher area = AREA_AFTER.matcher(text).region(mention.end(), text.length());
    return area.lookingAt()
        && knowledge.named(area.group(1)).stream().anyMatch(KnownEntity::isArea);
  }

  private Entity entity(Group group, CodePoints inHeadline, CodePoints inBody, double most) {
    Optional<KnownEntity> known = group.known();
    Optional<Location> location = known.flatMap(KnownEntity::location);
    Optional<KnownEntity> place = known.filter(one -> one.kind() == EntityKind.PLACE);
    Optional<Region> region = place.flatMap(one -> one.background().region());
    EntityKind kind = known.map(KnownEntity::kind).orElse(group.mentions().get(0).kind());
    return Entity.newBuilder()
        .setKind(kind)
        .setName(known.map(KnownEntity::name).orElseGet(group::longest))
        .setWikidataId(known.flatMap(KnownEntity::wikidataId).orElse(null))
        .setCountry(
            kind == EntityKind.PLACE ? known.flatMap(KnownEntity::country).orElse(null) : null)
        .setLatitude(location.map(Location::latitude).orElse(null))
        .setLongitude(location.map(Location::longitude).orElse(null))
        .setRegion(region.map(Region::name).orElse(null))
        .setRegionId(region.map(Region::wikidataId).orElse(null))
        .setCountryId(
            place.flatMap(KnownEntity::country).flatMap(knowledge::countryId).orElse(null))
        .setSalience((float) (group.weight() / most))
        .setMentions(
            group.inOrder().stream()
                .map(m -> mention(m, m.field() == TextField.HEADLINE ? inHeadline : inBody))
                .toList())
        .build();
  }

  private static Mention mention(RecognizedMention name, CodePoints inText) {
    return new Mention(
        name.field(), inText.before(name.start()), inText.before(name.end()), name.text());
  }

  /**
   * An entity of an article.
   *
   * @param reason why it is linked to what it is, or to nothing, in a few words
   */
  public record Explained(Entity entity, Supplier<String> reason) {}

  /** Mentions of one entity. */
  private record Group(Link link, List<RecognizedMention> mentions) {

    Optional<KnownEntity> known() {
      return link.known();
    }

    void addAll(List<RecognizedMention> more) {
      mentions.addAll(more);
    }

    double weight() {
      return mentions.stream()
          .mapToDouble(m -> m.field() == TextField.HEADLINE ? HEADLINE_WEIGHT : 1)
          .sum();
    }

    String longest() {
      return mentions.stream()
          .map(RecognizedMention::text)
          .reduce((a, b) -> b.length() > a.length() ? b : a)
          .map(name -> shown(name, mentions.get(0).kind()))
          .orElseThrow();
    }

    /** A name on one line, in ordinary case where it is in capitals and they stand for no words. */
    private static String shown(String name, EntityKind kind) {
      String line = name.replaceAll("\\s+", " ");
      boolean capitals = line.length() > 4 && line.equals(line.toUpperCase(Locale.ROOT));
      boolean several = line.contains(" ");
      if (!capitals || !(several || kind != EntityKind.ORGANISATION)) {
        return line;
      }
      StringBuilder ordinary = new StringBuilder();
      boolean inWord = false;
      for (int at = 0; at < line.length(); at++) {
        char c = line.charAt(at);
        ordinary.append(inWord ? Character.toLowerCase(c) : c);
        inWord = Character.isLetter(c);
      }
      return ordinary.toString();
    }

    List<RecognizedMention> inOrder() {
      return mentions.stream()
          .sorted(
              Comparator.comparing(RecognizedMention::field)
                  .thenComparing(RecognizedMention::start))
          .toList();
    }
  }
}
