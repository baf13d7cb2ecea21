// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.Annotators;
import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.text.Deadline;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.enrich.topics.RulesOneByOne;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.enrich.topics.TopicQuery;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.schemas.Article;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Entities beside CoreNLP, topics beside one query after another, the whole beside its parts. */
final class EnrichBench {

  private static final int ARTICLES = 1_000;
  private static final int SOME = 200;
  private static final int FEW = 40;

  private final List<RawArticle> articles;

  EnrichBench(Path corpora) throws Exception {
    articles = Corpora.articles(corpora, ARTICLES);
  }

  void entities() throws Exception {
    CrfRecognizer recognizer = CrfRecognizer.bundled();
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,pos,lemma,ner");
    properties.setProperty(
        "ner.model", "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz");
    properties.setProperty("ner.applyNumericClassifiers", "false");
    properties.setProperty("ner.applyFineGrained", "false");
    properties.setProperty("ner.useSUTime", "false");
    properties.setProperty("ner.buildEntityMentions", "false");
    StanfordCoreNLP coreNlp = new StanfordCoreNLP(properties);
    Contest.run(
        "entities, articles",
        20,
        () -> recognize(recognizer),
        "CoreNLP, 3 classes",
        () -> {
          for (RawArticle raw : articles.subList(0, FEW)) {
            coreNlp.annotate(
                new CoreDocument(
                    raw.getArticle().getHeadline() + "\n" + raw.getArticle().getBody()));
          }
          return FEW;
        });
  }

  private long recognize(CrfRecognizer recognizer) {
    for (RawArticle raw : articles) {
      recognizer.recognize(
          Tokenizer.tokenize(raw.getArticle().getHeadline()),
          Tokenizer.tokenize(raw.getArticle().getBody()));
    }
    return articles.size();
  }

  void topics() throws Exception {
    List<TopicRule> thousand = rules(1_000);
    RulesOneByOne oneByOne = new RulesOneByOne(thousand);
    try (TopicMatcher matcher = new TopicMatcher(thousand);
        TopicMatcher tenThousand = new TopicMatcher(rules(10_000))) {
      Contest.run(
          "1,000 rules, articles",
          20,
          () -> match(matcher, articles) + match(matcher, articles),
          "one by one",
          () -> {
            // More than a few, so that the compiler of the JVM is done with it too.
            for (RawArticle raw : articles.subList(0, SOME)) {
              oneByOne.match(raw.getArticle().getHeadline(), raw.getArticle().getBody());
            }
            return SOME;
          });
      Contest.run(
          "10,000 rules, articles",
          0,
          () -> match(tenThousand, articles.subList(0, 200)),
          "1,000 rules",
          () -> match(matcher, articles));
    }
  }

  private static long match(TopicMatcher matcher, List<RawArticle> articles) {
    for (RawArticle raw : articles) {
      Article article = raw.getArticle();
      matcher.match(article, Optional.empty(), List.of(), Deadline.NONE);
    }
    return articles.size();
  }

  /** Rules of the kinds that editors write, over words of the corpora; the same each time. */
  private List<TopicRule> rules(int number) {
    List<String> words =
        articles.stream()
            .flatMap(raw -> List.of(raw.getArticle().getBody().split("[^a-zA-Z]+", -1)).stream())
            .filter(word -> word.length() > 5)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
    Random random = new Random(1);
    List<TopicRule> rules = new ArrayList<>();
    for (int rule = 0; rule < number; rule++) {
      String a = words.get(random.nextInt(words.size()));
      String b = words.get(random.nextInt(words.size()));
      String c = words.get(random.nextInt(words.size()));
      String query =
          switch (rule % 4) {
            case 0 -> "\"" + a + " " + b + "\"~8 OR \"" + b + " " + c + "\"";
            case 1 -> "(" + a + " AND " + b + ") NOT " + c;
            case 2 -> "fn:maxwidth(12 fn:unordered(" + a + " fn:or(" + b + " " + c + ")))";
            default -> "(" + a + " " + b + " " + c + ")@2";
          };
      rules.add(
          new TopicRule(
              "rule-" + rule,
              "",
              "",
              List.of(),
              Optional.empty(),
              List.of(TopicQuery.of(query)),
              List.of(),
              List.of()));
    }
    return rules;
  }

  /** How long it takes to be ready: from the start of the JVM to the end of the first article. */
  static void ready() {
    RawArticle first =
        Corpora.article(
            "first",
            "Kyiv mayor calls for truce",
            "KYIV, April 7 (AFP) - The mayor of Kyiv, Vitali Klitschko, called on Russia for a truce"
                + " on Monday, after talks with the United Nations about natural gas had failed.");
    try (LiveEnricher enricher = enricher()) {
      enricher.enrich(first);
      System.out.printf(
          Locale.ROOT,
          "ready, first article done, %.1f s after the start of the JVM%n",
          (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3);
    }
  }

  private static LiveEnricher enricher() {
    return LiveEnricher.bundled(Replacements.NONE, Limits.DEFAULT, new SimpleMeterRegistry());
  }

  /**
   * The whole enricher beside its annotators, each alone in the same run: the harmonic sum of their
   * rates is the rate of all of them one after the other. Then two threads beside one.
   */
  void whole() throws Exception {
    try (LiveEnricher enricher = enricher()) {
      try (Annotators annotators = new Annotators()) {
        List<EnrichedArticle> enriched = articles.stream().map(enricher::enrich).toList();
        Contest.run(
            "whole enricher, articles",
            0.8,
            () -> enrich(enricher, articles),
            "its annotators, one after another",
            () -> {
              articles.forEach(annotators::language);
              articles.forEach(annotators::entities);
              for (int i = 0; i < articles.size(); i++) {
                annotators.topics(articles.get(i), enriched.get(i).getEntities());
              }
              return articles.size();
            });
        Contest.rate("language, articles", () -> each(annotators::language));
        Contest.rate("entities, articles", () -> each(annotators::entities));
        Contest.rate(
            "topics, articles", () -> each(article -> annotators.topics(article, List.of())));
      }
      System.out.printf(
          Locale.ROOT,
          "allocated per article: %,d kB; heap in use after a collection: %,d MB of %,d MB%n",
          Contest.allocated(() -> enrich(enricher, articles)) / articles.size() / 1024,
          Contest.heapInUse() >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
      // The second corpus has the longer texts: each thread has as many of them.
      List<RawArticle> half = everySecond(0);
      List<RawArticle> otherHalf = everySecond(1);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Contest.run(
          "two threads, articles",
          1.7,
          () -> {
            Future<Long> other = thread.submit(() -> enrich(enricher, otherHalf));
            return enrich(enricher, half) + other.get();
          },
          "one thread",
          () -> enrich(enricher, articles));
      thread.shutdown();
    }
  }

  private List<RawArticle> everySecond(int first) {
    return IntStream.iterate(first, i -> i < articles.size(), i -> i + 2)
        .mapToObj(articles::get)
        .toList();
  }

  private long each(Consumer<RawArticle> work) {
    articles.forEach(work);
    return articles.size();
  }

  private static long enrich(LiveEnricher enricher, List<RawArticle> some) {
    some.forEach(enricher::enrich);
    return some.size();
  }
}
