// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.StampOrder;
import dev.newswire.stories.Member.Compared;
import dev.newswire.stories.Window.Candidate;
import dev.newswire.stories.Window.Match;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides, article by article, which are copies of one text and which tell of one event. What it
 * decides follows from the articles and their order alone: there is no clock in it, and what it
 * holds follows from its {@link Member}s, so that an engine made anew of them goes on as the first
 * would have.
 *
 * <p>Time is that of the articles: the latest that was seen. Not thread-safe.
 */
final class StoryEngine {

  /** Generation of the method: rises with every release that decides otherwise. */
  static final int GENERATION = 3;

  /** A revision leaves its story for one that it fits better by so much. */
  private static final double MARGIN_TO_MOVE = 1.5;

  /** A revision that fits its story worse than this, and no other, founds one. */
  private static final double WORST_TO_STAY = -3;

  /** Two stories that an article fits so well are one, if their words agree too. */
  private static final double SCORE_TO_MERGE = 1.0;

  private static final double LIKENESS_TO_MERGE = 0.53;
  private static final int ID_LENGTH = 20;

  private final StorySettings settings;
  private final Map<String, Window> windows = new HashMap<>();
  private final Membership membership;

  /** Where an article goes. */
  private record Place(String story, String group, double score) {}

  /**
   * An engine that goes on from where another was.
   *
   * @param time the other's {@link #time()}; {@link Long#MIN_VALUE} where there was none
   * @param remembered its articles, in any order
   */
  StoryEngine(StorySettings settings, long time, Iterable<Member> remembered) {
    this.settings = settings;
    membership = new Membership();
    membership.advance(time);
    for (Member member : remembered) {
      membership.put(member);
      if (member.compared().isPresent()) {
        window(member).add(member);
      }
    }
  }

  /** The latest time of an article that was seen, in milliseconds since 1970. */
  long time() {
    return membership.time();
  }

  /** Every article that is remembered, by id. */
  Collection<Member> remembered() {
    return membership.everything();
  }

  /** Takes a revision of an article in and says what changed. */
  Changes accept(EnrichedArticle enriched) {
    Optional<Member> before = membership.get(enriched.getArticle().getId());
    if (before.isPresent() && !replaces(enriched, before.get())) {
      return Changes.none();
    }
    Changes changes = new Changes(membership);
    Member article = MemberReading.of(enriched);
    advance(article.time(), changes);
    // The article itself may have left the window by now.
    before = membership.get(article.id());
    if (!MemberReading.tells(enriched)) {
      before.ifPresent(known -> forget(known, changes));
      changes.put(article);
    } else if (before.filter(known -> says(known, article)).isPresent()) {
      changes.put(
          article.with(
              before.get().story(),
              before.get().group(),
              before.get().score(),
              before.get().compared()));
      before.filter(known -> known.compared().isPresent()).ifPresent(this::takeOut);
      membership
          .get(article.id())
          .filter(known -> known.compared().isPresent())
          .ifPresent(known -> window(known).add(known));
    } else {
      place(enriched, article, before, changes);
    }
    return changes;
  }

  private static boolean replaces(EnrichedArticle enriched, Member known) {
    Article article = enriched.getArticle();
    int byRevision =
        RevisionOrder.compare(
            article.getRevision(), article.getStatus(), known.revision(), known.status());
    return byRevision > 0
        || (byRevision == 0 && StampOrder.compare(enriched.getStamp(), known.stamp()) >= 0);
  }

  /** Whether a known article is in a story with the very text of this revision. */
  private static boolean says(Member known, Member article) {
    return known.isInStory()
        && known.text().equals(article.text())
        && known.language().equals(article.language());
  }

  /** Moves time on: what is too old leaves the window, then memory; embargoes end. */
  private void advance(long time, Changes changes) {
    if (time <= membership.time()) {
      return;
    }
    changes.touchAll(membership.embargoesUntil(time));
    membership.advance(time);
    for (Member old : membership.liveBefore(time - settings.storyWindow().toMillis())) {
      takeOut(old);
      changes.put(old.retired());
    }
    for (Member old : membership.anyBefore(time - settings.memory().toMillis())) {
      changes.drop(old);
    }
  }

  private void forget(Member known, Changes changes) {
    if (known.compared().isPresent()) {
      takeOut(known);
    }
    changes.put(known.withdrawn());
  }

  private void takeOut(Member known) {
    window(known).remove(known.id());
  }

  private void place(
      EnrichedArticle revision, Member article, Optional<Member> before, Changes changes) {
    if (article.time() < membership.time() - settings.storyWindow().toMillis()) {
      before.filter(known -> known.compared().isPresent()).ifPresent(this::takeOut);
      placeLate(article, before, changes);
      return;
    }
    before.ifPresent(known -> forget(known, changes));
    Window window = window(article);
    LiveArticle live = window.read(MemberReading.text(revision, article));
    List<Candidate> candidates = window.candidates(live);
    Optional<Match> copied =
        window.original(live, settings.copyWindow().toMillis()).filter(match -> match.degree() > 0);
    Place place = decide(article, before, window, live, candidates, copied);
    Member placed =
        article.with(
            place.story(),
            place.group(),
            place.score(),
            Optional.of(new Compared(live.profile(), live.fingerprint())));
    changes.put(placed);
    window.add(placed);
    mergeAlike(window, place, candidates, changes);
  }

  /** An article from before the window keeps its story, or founds one that nothing joins. */
  private static void placeLate(Member article, Optional<Member> before, Changes changes) {
    Optional<Member> known = before.filter(Member::isInStory);
    changes.put(
        known
            .map(old -> article.in(old.story(), old.group(), old.score()))
            .orElseGet(() -> article.in(storyId(article, before), article.id(), 0)));
  }

  private static Place decide(
      Member article,
      Optional<Member> before,
      Window window,
      LiveArticle live,
      List<Candidate> candidates,
      Optional<Match> copied) {
    Optional<String> own = before.filter(Member::isInStory).map(Member::story);
    if (copied.isPresent()) {
      LiveArticle original = copied.get().article();
      return new Place(window.storyOf(original).id(), copied.get().group(), copied.get().degree());
    }
    Optional<Candidate> best = candidates.stream().filter(c -> c.score() > 0).findFirst();
    Optional<Candidate> stay = own.flatMap(story -> window.candidate(live, story));
    if (stay.isPresent()) {
      boolean clearlyElsewhere =
          best.isPresent()
              ? best.get().score() > Math.max(0, stay.get().score()) + MARGIN_TO_MOVE
              : stay.get().score() < WORST_TO_STAY;
      if (!clearlyElsewhere) {
        return new Place(own.get(), article.id(), Math.max(0, stay.get().score()));
      }
    } else if (own.isPresent() && (best.isEmpty() || best.get().score() < MARGIN_TO_MOVE)) {
      return new Place(own.get(), article.id(), 0);
    }
    return best.map(c -> new Place(c.story().id(), article.id(), c.score()))
        .orElseGet(() -> new Place(storyId(article, before), article.id(), 0));
  }

  /** Two stories that turn out to be one: the older lives. */
  private void mergeAlike(Window window, Place place, List<Candidate> candidates, Changes changes) {
    if (place.score() < SCORE_TO_MERGE) {
      return;
    }
    for (Candidate other : candidates) {
      if (other.score() >= SCORE_TO_MERGE
          && !other.story().id().equals(place.story())
          && window.likeness(place.story(), other.story().id()) >= LIKENESS_TO_MERGE) {
        merge(window, place.story(), other.story().id(), changes);
        return;
      }
    }
  }

  private void merge(Window window, String one, String other, Changes changes) {
    boolean oneIsOlder =
        Member.BY_TIME.compare(membership.founder(one), membership.founder(other)) < 0;
    String kept = oneIsOlder ? one : other;
    String gone = oneIsOlder ? other : one;
    for (Member member : membership.of(gone)) {
      if (member.compared().isPresent()) {
        window.remove(member.id());
      }
      Member moved = member.in(kept, member.group(), member.score());
      changes.put(moved);
      if (moved.compared().isPresent()) {
        window.add(moved);
      }
    }
    changes.merged(gone, kept);
  }

  private Window window(Member member) {
    return windows.computeIfAbsent(member.language(), language -> new Window());
  }

  /** Made of the founding article's id; where that founded one before, of the revision too. */
  private static String storyId(Member article, Optional<Member> before) {
    String founder =
        before.isEmpty() ? article.id() : article.id() + "\n" + article.revision().getContentHash();
    return ContentHash.sha256(founder).substring(0, ID_LENGTH);
  }

  /** What two articles have in common, for people. */
  Optional<Likeness> likeness(String article, String other) {
    Optional<Member> one = membership.get(article);
    Optional<Member> two = membership.get(other);
    return one.isPresent() && two.isPresent() && one.get().language().equals(two.get().language())
        ? window(one.get()).likenessOfArticles(article, other)
        : Optional.empty();
  }
}
