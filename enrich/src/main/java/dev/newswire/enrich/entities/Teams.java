// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.enrich.recognition.RecognizedMention;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the towns and countries that stand for their teams in texts about matches: who defeats
 * whom, and by how much. Immutable; for one article.
 */
final class Teams {

  private static final Pattern SCORE =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\d{1,3}\\s?[-–]\\s?\\d{1,3}(?![\\p{L}\\p{N}])");

  private static final Pattern PLAYS =
      Pattern.compile(
          "^(?:'s|’s)?\\s*(?:\\([^)]{0,30}\\)\\s*)?(?:\\d{1,3}\\b(?!\\s\\p{L}{3,})|beats?|defeats?|defeated"
              + "|won\\b|wins?\\b|lost\\b|loses?\\b|lose\\b|drew\\b|draws?\\b|qualif|advanc|scored?"
              + "|thrash|edge[sd]?\\b|cruise|face[sd]?\\b|host[sed]*\\b|play|(?:\\w+ ){0,2}(?:loss|win"
              + "|victory|defeat|title)\\b|v\\.?s?\\b|versus)");

  private static final Pattern PLAYED =
      Pattern.compile(
          "(?:(?<![\\p{L}\\p{N}])(?:beat|beats|beating|defeat|defeats|defeated|defeating|over|against|vs?\\.?"
              + "|versus|thrash(?:ed|es)?|edged?|past|to|with|champions)\\s|\\d\\s)$");

  private static final Pattern AT_PLACE =
      Pattern.compile("(?<![\\p{L}\\p{N}])(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear)\\s(?:the\\s)?$");

  private static final int REACH = 40;

  private final String headline;
  private final String body;
  private final boolean isAboutMatch;

  Teams(String headline, String body) {
    this.headline = headline;
    this.body = body;
    String all = headline + "\n" + body;
    isAboutMatch = Context.SPORT.matcher(all).find() && SCORE.matcher(all).find();
  }

  /** The mentions that mean a team. */
  Set<RecognizedMention> find(List<RecognizedMention> mentions) {
    Set<RecognizedMention> teams = new HashSet<>();
    for (RecognizedMention mention : isAboutMatch ? mentions : List.<RecognizedMention>of()) {
      if (mention.kind() == EntityKind.PLACE && isTeam(mention)) {
        teams.add(mention);
      }
    }
    return teams;
  }

  private boolean isTeam(RecognizedMention mention) {
    String text = mention.field() == TextField.HEADLINE ? headline : body;
    String before = text.substring(Math.max(0, mention.start() - REACH), mention.start());
    String after = text.substring(mention.end(), Math.min(text.length(), mention.end() + REACH));
    if (AT_PLACE.matcher(before).find()) {
      return false;
    }
    Matcher played = PLAYED.matcher(before);
    return PLAYS.matcher(after).find()
        || (played.find()
            && SCORE
                .matcher(
                    text.substring(mention.start(), Math.min(text.length(), mention.end() + REACH)))
                .find());
  }
}
