// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.text.CodePoints;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How much of an article a rule's evidence is: a number by where the words stand and how often.
 * What is in the headline or is told first and again is what the article is about; what stands in
 * its last paragraphs is background. Immutable.
 */
final class Prominence {

  /** The score from which on an article is about a topic, unless the topic says another. */
  static final float ENOUGH = 3;

  private static final float HEADLINE = 4;
  private static final float FIRST_SENTENCE = 2;
  private static final float FIRST_SENTENCE_OF_SHORT_ITEM = 3;
  private static final float LEAD = 1;
  private static final float LATER = 0.25f;

  /** What all that stands later is worth at most: it can't make a topic alone. */
  private static final float MOST_LATER = 1;

  /** What a repetition within a headline or first sentence is worth. */
  private static final float AGAIN = 0.5f;

  /** What a mention after <em>despite</em> or <em>amid</em> is worth: half. */
  private static final float AS_BACKGROUND = 0.5f;

  /** What stands before a mention that sets a scene rather than tells the news. */
  private static final Pattern BACKGROUND =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:after|amid|despite|since|following|ahead of|because of|post-?)\\s*(?:[\\p{L}'’.-]+ ){0,2}$",
          Pattern.CASE_INSENSITIVE);

  /** Characters before a mention that are looked at. */
  private static final int LOOK_BACK = 40;

  private final ReadArticle article;
  private final int firstEnd;
  private final int leadEnd;
  private final float first;

  /** The prominence of places in an article. */
  Prominence(ReadArticle article, CodePoints inBody) {
    this.article = article;
    firstEnd = inBody.before(article.firstEnd());
    leadEnd = inBody.before(article.leadEnd());
    if (!article.hasHeadline()) {
      first = HEADLINE;
    } else {
      first = article.isShort() ? FIRST_SENTENCE_OF_SHORT_ITEM : FIRST_SENTENCE;
    }
  }

  /** The score of some evidence: from 0 up, without a bound. */
  float of(List<Mention> evidence) {
    Zone headline = new Zone(HEADLINE);
    Zone firstSentence = new Zone(first);
    float lead = 0;
    int later = 0;
    for (Mention mention : evidence) {
      if (mention.getField() == TextField.HEADLINE) {
        headline.add(share(mention, article.headline()));
      } else if (mention.getStart() < firstEnd) {
        firstSentence.add(share(mention, article.body()));
      } else if (mention.getStart() < leadEnd) {
        lead += LEAD * share(mention, article.body());
      } else {
        later++;
      }
    }
    return headline.worth() + firstSentence.worth() + lead + Math.min(LATER * later, MOST_LATER);
  }

  private static float share(Mention mention, String text) {
    int end = text.offsetByCodePoints(0, mention.getStart());
    String before = text.substring(Math.max(0, end - LOOK_BACK), end);
    return BACKGROUND.matcher(before).find() ? AS_BACKGROUND : 1;
  }

  /** A place where one mention counts, and others a little more. */
  private static final class Zone {

    private final float full;
    private float most;
    private int times;

    Zone(float full) {
      this.full = full;
    }

    void add(float share) {
      most = Math.max(most, share);
      times++;
    }

    float worth() {
      return times == 0 ? 0 : full * most + AGAIN * (times - 1);
    }
  }
}
