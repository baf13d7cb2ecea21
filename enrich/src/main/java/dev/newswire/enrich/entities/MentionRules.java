// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the spans of names under the same rules, whatever recognised them: titles are no part of a
 * name, what a region or organisation is called in full is, and currencies and sign-offs are no
 * names. Immutable.
 */
final class MentionRules {

  private static final Set<String> TITLES =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "mx",
          "dr",
          "prof",
          "professor",
          "sir",
          "dame",
          "lord",
          "president",
          "vice-president",
          "prophet",
          "senator",
          "sen",
          "rep",
          "congressman",
          "congresswoman",
          "gov",
          "governor",
          "gen",
          "general",
          "maj",
          "major",
          "lt",
          "lieutenant",
          "col",
          "colonel",
          "brig",
          "brigadier",
          "capt",
          "captain",
          "cmdr",
          "commander",
          "adm",
          "admiral",
          "sgt",
          "sergeant",
          "cpl",
          "judge",
          "justice",
          "rev",
          "reverend",
          "fr",
          "minister",
          "chancellor",
          "premier",
          "secretary",
          "mayor",
          "coach",
          "archbishop",
          "bishop",
          "cardinal",
          "ambassador",
          "alhaji",
          "hajiya",
          "chief",
          "comrade",
          "mullah",
          "ayatollah",
          "imam",
          "rabbi",
          "honourable",
          "hon",
          "spokesman",
          "spokeswoman",
          "dato",
          "datuk",
          "speaker",
          "sheriff",
          "inspector",
          "detective",
          "superintendent");

  /** Titles that are most of a name where one other word follows: Pope Francis, Sheikh Hasina. */
  private static final Set<String> NAMING =
      Set.of(
          "king",
          "queen",
          "prince",
          "princess",
          "pope",
          "saint",
          "st",
          "emperor",
          "sheikh",
          "sheikha",
          "sultan",
          "emir",
          "lady");

  private static final Pattern WORD = Pattern.compile("\\S+");

  private static final Pattern REGION_AFTER =
      Pattern.compile(
          "\\s{1,4}(?:[Rr]egion|[Oo]blast|[Pp]rovince|[Gg]overnorate|[Dd]istrict|[Cc]ounty|[Ss]tate"
              + "|[Dd]epartment|[Pp]refecture)\\b");

  private static final Pattern BRANCH_AFTER =
      Pattern.compile(
          "(?:\\s?[–—-]\\s?|\\s{1,4}in\\s{1,4})(?:West Africa|Central Africa|\\p{Lu}\\p{L}+)"
              + "(?:\\s{1,4}Province)?");

  /** Organisations that are called after what they serve. */
  private static final Pattern SERVING =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:Service|Ministry|Agency|Court|Council|Bank|Committee|Commission|Police|Army"
              + "|Forces|Guard|Union|Association|Federation|Parliament|Assembly|Party"
              + "|Representatives|Senate|Observatory|Authority|Institute)\\z");

  private static final Pattern OF = Pattern.compile("\\s{1,4}of\\s{1,4}(?:the\\s{1,4})?");

  /** The agency in a dateline: KYIV, March 31 (Tidewater) -. */
  private static final Pattern DATELINE =
      Pattern.compile("^[\\p{Lu}][^\\n(]{0,60}\\(([^)\\n]{2,40})\\)\\s*[-–—]");

  private static final Pattern SIGNATURE = Pattern.compile("(?s)(?:Reuters?|AFP|AP|UPI|PA)");
  private static final int LONGEST_END = 40;

  private final KnowledgeBase knowledge;
  private final String headline;
  private final String body;

  MentionRules(KnowledgeBase knowledge, String headline, String body) {
    this.knowledge = knowledge;
    this.headline = headline;
    this.body = body;
  }

  /** The same mentions, in the same order, with the spans and kinds that the rules ask for. */
  List<RecognizedMention> apply(List<RecognizedMention> mentions) {
    List<RecognizedMention> result = new ArrayList<>();
    Matcher dateline = DATELINE.matcher(body);
    boolean hasDateline = dateline.find();
    for (RecognizedMention given : mentions) {
      if (isCurrency(given) || isSignOff(given) || overlapsLast(result, given)) {
        continue;
      }
      RecognizedMention mention = given;
      if (given.kind() == EntityKind.PERSON) {
        mention = withoutTitles(given);
      } else if (given.kind() == EntityKind.PLACE) {
        mention = withRegion(given);
      } else {
        mention = withBranch(given);
      }
      if (hasDateline
          && mention.field() == TextField.BODY
          && mention.start() >= dateline.start(1)
          && mention.end() <= dateline.end(1)) {
        mention = ofKind(mention, EntityKind.ORGANISATION);
      }
      if (!joinedWithLast(result, mention)) {
        result.add(mention);
      }
    }
    return result;
  }

  static RecognizedMention ofKind(RecognizedMention mention, EntityKind kind) {
    return new RecognizedMention(
        mention.field(), mention.start(), mention.end(), mention.text(), kind);
  }

  private String textOf(RecognizedMention mention) {
    return mention.field() == TextField.HEADLINE ? headline : body;
  }

  private RecognizedMention span(RecognizedMention mention, int start, int end) {
    return new RecognizedMention(
        mention.field(), start, end, textOf(mention).substring(start, end), mention.kind());
  }

  private static boolean overlapsLast(List<RecognizedMention> before, RecognizedMention next) {
    if (before.isEmpty()) {
      return false;
    }
    RecognizedMention last = before.get(before.size() - 1);
    return last.field() == next.field() && next.start() < last.end();
  }

  /** Whether it is the country of a currency's sign: US$. */
  private boolean isCurrency(RecognizedMention mention) {
    String text = textOf(mention);
    return mention.end() < text.length()
        && text.charAt(mention.end()) == '$'
        && mention.text().length() <= 3;
  }

  /** Whether an agency signs the item by it. */
  private boolean isSignOff(RecognizedMention mention) {
    return mention.field() == TextField.BODY
        && SIGNATURE.matcher(mention.text()).matches()
        && body.length() - mention.end() < LONGEST_END
        && body.substring(mention.end()).isBlank()
        && body.substring(Math.max(0, mention.start() - 2), mention.start()).contains("\n");
  }

  private RecognizedMention withoutTitles(RecognizedMention mention) {
    List<int[]> words = new ArrayList<>();
    Matcher word = WORD.matcher(mention.text());
    while (word.find()) {
      words.add(new int[] {word.start(), word.end()});
    }
    int first = 0;
    while (first + 1 < words.size()) {
      String form = mention.text().substring(words.get(first)[0], words.get(first)[1]);
      String title = form.replace(".", "").toLowerCase(Locale.ROOT);
      boolean naming = NAMING.contains(title) && words.size() - first > 2;
      if (!TITLES.contains(title) && !naming) {
        break;
      }
      first++;
    }
    return first == 0
        ? mention
        : span(mention, mention.start() + words.get(first)[0], mention.end());
  }

  /** With the word that makes a town's name that of its region. */
  private RecognizedMention withRegion(RecognizedMention mention) {
    String text = textOf(mention);
    Matcher after = REGION_AFTER.matcher(text).region(mention.end(), text.length());
    if (!after.lookingAt()) {
      return mention;
    }
    String longer = text.substring(mention.start(), after.end());
    return knowledge.named(longer).isEmpty()
        ? mention
        : span(mention, mention.start(), after.end());
  }

  /** A branch of Islamic State is not Islamic State. */
  private RecognizedMention withBranch(RecognizedMention mention) {
    if (!mention.text().endsWith("Islamic State")) {
      return mention;
    }
    String text = textOf(mention);
    Matcher after = BRANCH_AFTER.matcher(text).region(mention.end(), text.length());
    boolean branch =
        after.lookingAt()
            && (after.group().contains("Province") || !after.group().contains(" in "));
    return branch ? span(mention, mention.start(), after.end()) : mention;
  }

  /** Joins State Emergency Service and Ukraine, if of is between them. */
  private boolean joinedWithLast(List<RecognizedMention> before, RecognizedMention next) {
    if (before.isEmpty() || next.kind() == EntityKind.PERSON) {
      return false;
    }
    RecognizedMention last = before.get(before.size() - 1);
    boolean after =
        last.kind() == EntityKind.ORGANISATION
            && last.field() == next.field()
            && next.start() > last.end()
            && next.start() - last.end() <= 10
            && OF.matcher(textOf(last).substring(last.end(), next.start())).matches();
    boolean country = knowledge.named(next.text()).stream().anyMatch(KnownEntity::isArea);
    if (!after || !country || !SERVING.matcher(last.text()).find()) {
      return false;
    }
    before.set(before.size() - 1, span(last, last.start(), next.end()));
    return true;
  }
}
