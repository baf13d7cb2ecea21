// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.stories.Member.Compared;
import dev.newswire.stories.Tokens.Token;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The articles of the last days in one language, their copy groups and their stories, indexed by
 * words and by shingles. Everything in it follows from its members. Not thread-safe.
 */
final class Window {

  private static final int WORDS_OF_BODY = 2_000;
  private static final int INDEXED_WORDS = 24;
  private static final int LOOKED_UP_WORDS = 16;
  private static final int COMMONEST_WORD = 1_500;
  private static final int STORIES_COMPARED = 8;
  private static final int TEXTS_COMPARED = 12;

  private final Weighting weighting = new Weighting();
  private final Postings words = new Postings();
  private final Postings shingles = new Postings();
  private final Map<String, LiveArticle> articles = new HashMap<>();
  private final Map<String, LiveStory> stories = new HashMap<>();
  private final Deque<Integer> freeNumbers = new ArrayDeque<>();
  private LiveArticle[] byNumber = new LiveArticle[64];
  private LiveStory[] storyByNumber = new LiveStory[64];
  private String[] groupByNumber = new String[64];
  private long[] products = new long[64];

  /** An article that an article is a copy of, and to what degree. */
  record Match(LiveArticle article, String group, double degree) {}

  /** A story that an article may belong to. */
  record Candidate(LiveStory story, Likeness likeness, double score) {

    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingDouble(Candidate::score)
            .reversed()
            .thenComparing(candidate -> candidate.story().id());
  }

  /** What is compared of an article, as the window is now. It is not a member yet. */
  LiveArticle read(ArticleText article) {
    List<Token> headline = Tokens.of(article.headline(), 64);
    List<Token> body = Tokens.of(article.body(), WORDS_OF_BODY);
    Vector ofHeadline = weighting.headline(headline);
    Shingles shingled =
        Shingles.of(body, hash -> underOtherHeadlines(hash, article.provider(), ofHeadline));
    return LiveArticle.of(
        freeNumber(),
        article.id(),
        article.provider(),
        article.time().toEpochMilli(),
        article.headline(),
        weighting.profile(article, headline, ofHeadline, shingled.ownWords()),
        Fingerprint.of(shingled));
  }

  private int freeNumber() {
    return freeNumbers.isEmpty() ? articles.size() : freeNumbers.peek();
  }

  /** How many other articles of a provider have a shingle, under other headlines. */
  private int underOtherHeadlines(int shingle, String provider, Vector headline) {
    int others = 0;
    Postings.Cursor numbers = shingles.cursor(shingle);
    while (others < Shingles.BOILERPLATE && numbers.next()) {
      LiveArticle other = byNumber[numbers.article()];
      if (other.provider().equals(provider)
          && other.profile().headline().cosine(headline) < CopyRule.SAME_HEADLINE) {
        others++;
      }
    }
    return others;
  }

  /** The text that an article is most a copy of; of equal ones, the oldest. */
  Optional<Match> original(LiveArticle article, long window) {
    Map<Integer, Integer> common = new HashMap<>();
    for (int shingle : article.fingerprint().shingles()) {
      for (int number : shingles.articles(shingle)) {
        common.merge(number, 1, Integer::sum);
      }
    }
    return common.entrySet().stream()
        .filter(entry -> entry.getValue() >= 2)
        .map(entry -> byNumber[entry.getKey()])
        .filter(found -> Math.abs(found.time() - article.time()) <= window)
        .sorted(
            Comparator.comparingInt((LiveArticle found) -> common.get(found.number()))
                .reversed()
                .thenComparing(LiveArticle.BY_TIME))
        .limit(TEXTS_COMPARED)
        .map(
            found ->
                new Match(found, groupByNumber[found.number()], CopyRule.degree(article, found)))
        .filter(match -> match.degree() > 0)
        .min(
            Comparator.comparingDouble(Match::degree)
                .reversed()
                .thenComparing(Match::article, LiveArticle.BY_TIME));
  }

  /** The stories that are most like an article, the best first. */
  List<Candidate> candidates(LiveArticle article) {
    Map<LiveStory, Long> byStory = new HashMap<>();
    Vector text = article.profile().text();
    for (int key : text.strongest(LOOKED_UP_WORDS)) {
      if (words.count(key) > COMMONEST_WORD) {
        continue;
      }
      long weight = text.weights()[Arrays.binarySearch(text.keys(), key)];
      for (int number : words.articles(key)) {
        Vector other = byNumber[number].profile().text();
        products[number] += weight * other.weights()[Arrays.binarySearch(other.keys(), key)];
        byStory.put(storyByNumber[number], 0L);
      }
    }
    for (Map.Entry<LiveStory, Long> entry : byStory.entrySet()) {
      long best = 0;
      for (LiveArticle member : entry.getKey().members()) {
        best = Math.max(best, products[member.number()]);
        products[member.number()] = 0;
      }
      entry.setValue(best);
    }
    return byStory.entrySet().stream()
        .sorted(
            Map.Entry.<LiveStory, Long>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey().id()))
        .limit(STORIES_COMPARED)
        .map(entry -> candidate(article, entry.getKey()))
        .sorted(Candidate.BEST_FIRST)
        .toList();
  }

  private static Candidate candidate(LiveArticle article, LiveStory story) {
    Likeness likeness = Likeness.of(article, story);
    return new Candidate(story, likeness, JoinRule.score(likeness));
  }

  /** How an article fits a story of the window; empty where it has none of that id. */
  Optional<Candidate> candidate(LiveArticle article, String storyId) {
    return Optional.ofNullable(stories.get(storyId)).map(story -> candidate(article, story));
  }

  /** How alike the words of two stories of the window are, from 0 to 1. */
  double likeness(String story, String other) {
    LiveStory one = stories.get(story);
    LiveStory two = stories.get(other);
    return one == null || two == null ? 0 : one.text().cosine(two.text());
  }

  /** How alike two articles of the window are; empty where one is not in it. */
  Optional<Likeness> likenessOfArticles(String article, String other) {
    LiveArticle one = articles.get(article);
    LiveArticle two = articles.get(other);
    if (one == null || two == null) {
      return Optional.empty();
    }
    LiveStory alone = new LiveStory(two.id());
    alone.add(two);
    return Optional.of(Likeness.of(one, alone));
  }

  /** Takes in an article that can be compared. */
  void add(Member member) {
    Compared compared = member.compared().orElseThrow();
    add(
        LiveArticle.of(
            freeNumber(),
            member.id(),
            member.provider(),
            member.time(),
            member.headline(),
            compared.profile(),
            compared.fingerprint()),
        member.story(),
        member.group());
  }

  /** Takes an article in. */
  void add(LiveArticle article, String storyId, String group) {
    int number = article.number();
    if (freeNumbers.isEmpty()) {
      grow(number);
    } else {
      freeNumbers.pop();
    }
    LiveStory story = stories.computeIfAbsent(storyId, LiveStory::new);
    story.add(article);
    articles.put(article.id(), article);
    byNumber[number] = article;
    storyByNumber[number] = story;
    groupByNumber[number] = group;
    weighting.count(article.profile(), 1);
    for (int key : article.profile().text().strongest(INDEXED_WORDS)) {
      words.add(key, number);
    }
    for (int key : article.fingerprint().shingles()) {
      shingles.add(key, number);
    }
  }

  /** Takes an article out again, if it is in. */
  void remove(String id) {
    LiveArticle article = articles.remove(id);
    if (article == null) {
      return;
    }
    int number = article.number();
    LiveStory story = storyByNumber[number];
    story.remove(article);
    if (story.members().isEmpty()) {
      stories.remove(story.id());
    }
    weighting.count(article.profile(), -1);
    for (int key : article.profile().text().strongest(INDEXED_WORDS)) {
      words.remove(key, number);
    }
    for (int key : article.fingerprint().shingles()) {
      shingles.remove(key, number);
    }
    byNumber[number] = null;
    storyByNumber[number] = null;
    groupByNumber[number] = null;
    freeNumbers.push(number);
  }

  private void grow(int number) {
    if (number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, number * 2);
      storyByNumber = Arrays.copyOf(storyByNumber, number * 2);
      groupByNumber = Arrays.copyOf(groupByNumber, number * 2);
      products = Arrays.copyOf(products, number * 2);
    }
  }

  LiveStory storyOf(LiveArticle article) {
    return storyByNumber[article.number()];
  }
}
