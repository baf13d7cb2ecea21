// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.time.Duration;

/**
 * How an article is like a story, in figures from 0 to 1 but for the last two.
 *
 * @param text cosine of the article's words and the story's
 * @param headline cosine of the headline's words and those of the story's headlines
 * @param names cosine of the entities
 * @param coverage share of the headline that the story's texts have
 * @param nearestText greatest cosine of its words and one article's of the story
 * @param nearestHeadline greatest cosine of its headline and one article's of the story
 * @param days days between the article and the nearest end of the story; 0 within it
 * @param articles number of the story's articles in the window
 * @param otherNames whether both name entities, but none in common
 * @param keyWords share of the headline's three rarest words that the story's texts have
 * @param lookAlikes share of the story's newest articles that tell of another event in the same
 *     words; {@code nearestText} and {@code nearestHeadline} leave them out
 * @param nearestIsLookAlike whether the article whose words are nearest is one of these
 * @param isBrief whether the article is a headline without a text, and no alert
 */
public record Likeness(
    double text,
    double headline,
    double names,
    double coverage,
    double nearestText,
    double nearestHeadline,
    double days,
    int articles,
    boolean otherNames,
    double keyWords,
    double lookAlikes,
    boolean nearestIsLookAlike,
    boolean isBrief) {

  /** The newest articles of a story, which are compared one by one. */
  private static final int COMPARED = 8;

  private static final int KEY_WORDS = 3;
  private static final double DAY = Duration.ofDays(1).toMillis();

  /** How an article is like a story. */
  static Likeness of(LiveArticle article, LiveStory story) {
    Profile profile = article.profile();
    double nearestText = 0;
    double nearestHeadline = 0;
    double nearest = -1;
    boolean nearestIsLookAlike = false;
    int lookAlikes = 0;
    int compared = 0;
    for (LiveArticle member : story.members().descendingSet()) {
      if (compared++ == COMPARED) {
        break;
      }
      double text = profile.text().cosine(member.profile().text());
      boolean isLookAlike = LookAlikeRule.areTwo(article, member);
      if (text > nearest) {
        nearest = text;
        nearestIsLookAlike = isLookAlike;
      }
      if (isLookAlike) {
        lookAlikes++;
      } else {
        nearestText = Math.max(nearestText, text);
        nearestHeadline =
            Math.max(nearestHeadline, profile.headline().cosine(member.profile().headline()));
      }
    }
    double names = story.names().cosine(profile.names());
    long before = story.members().first().time() - article.time();
    long after = article.time() - story.members().last().time();
    return new Likeness(
        story.text().cosine(profile.text()),
        story.headline().cosine(profile.headline()),
        names,
        story.text().coverage(profile.headline()),
        nearestText,
        nearestHeadline,
        Math.max(0, Math.max(before, after)) / DAY,
        story.members().size(),
        names == 0 && !profile.names().isEmpty() && !story.names().isEmpty(),
        story.text().share(profile.headline().strongest(KEY_WORDS)),
        (double) lookAlikes / Math.min(COMPARED, story.members().size()),
        nearestIsLookAlike,
        article.isBrief());
  }
}
