// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.EnrichedArticle;
import java.util.List;
import java.util.Map;

/**
 * Why two articles are, or are not, copies of one text and in one story: the figures that the stage
 * goes by. They are those of the two articles alone; where a story had more articles when the later
 * one came, the stage compared it with all of them.
 *
 * @param likeness how the later is like the earlier
 * @param parts what each figure adds to the score, in the order in which they are explained
 * @param score the sum of the parts; above 0 for one story
 * @param overlap share of the shorter text that the other has too, from 0 to 1
 * @param figures share of its figures that the other has too
 * @param names share of its words with a capital that the other has too
 * @param copy whether one is a copy of the other
 */
public record Comparison(
    Likeness likeness,
    Map<String, Double> parts,
    double score,
    double overlap,
    double figures,
    double names,
    boolean copy) {

  /**
   * Compares two articles.
   *
   * @param neighbours the articles of their language and time, in that order, with or without the
   *     two: how rare a word is follows from them
   */
  public static Comparison of(
      List<EnrichedArticle> neighbours, EnrichedArticle one, EnrichedArticle other) {
    Member first = MemberReading.of(one);
    Member second = MemberReading.of(other);
    Window window = new Window();
    for (EnrichedArticle neighbour : neighbours) {
      Member member = MemberReading.of(neighbour);
      if (!member.id().equals(first.id()) && !member.id().equals(second.id())) {
        add(window, neighbour, member);
      }
    }
    boolean inOrder = Member.BY_TIME.compare(first, second) <= 0;
    LiveArticle earlier = add(window, inOrder ? one : other, inOrder ? first : second);
    EnrichedArticle laterRecord = inOrder ? other : one;
    Member later = inOrder ? second : first;
    LiveArticle live = window.read(MemberReading.text(laterRecord, later));
    LiveStory story = new LiveStory(earlier.id());
    story.add(earlier);
    Likeness likeness = Likeness.of(live, story);
    return new Comparison(
        likeness,
        JoinRule.parts(likeness),
        JoinRule.score(likeness),
        live.fingerprint().overlap(earlier.fingerprint()),
        live.fingerprint().figuresShared(earlier.fingerprint(), 0),
        live.fingerprint().namesShared(earlier.fingerprint(), 0),
        CopyRule.degree(live, earlier) > 0);
  }

  private static LiveArticle add(Window window, EnrichedArticle article, Member member) {
    LiveArticle live = window.read(MemberReading.text(article, member));
    window.add(live, member.id(), member.id());
    return live;
  }
}
