// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.enrich.topics.RulesOneByOne;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicMatcher;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Cluster;
import dev.newswire.schemas.RawArticle;
import edu.stanford.nlp.pipeline.CoreDocument;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;

/** Entities beside CoreNLP, topics beside one query after another, the whole beside its parts. */
final class EnrichBench {

  private static final int ARTICLES = 1_000;
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
          () -> match(matcher, articles),
          "one by one",
          () -> {
            for (RawArticle raw : articles.subList(0, FEW)) {
              oneByOne.match(raw.getArticle().getHeadline(), raw.getArticle().getBody());
            }
            return FEW;
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
      matcher.match(article, article.getBody(), Optional.empty(), List.of());
    }
    return articles.size();
  }

  /** Rules of the kinds that editors write, over words of the corpora; the same each time. */
  private List<TopicRule> rules(int number) {
    List<String> words =
        articles.stream()
            .flatMap(raw -> List.of(raw.getArticle().getBody().split("[^a-zA-Z]+", -1)).stream())
            .filter(word -> word.length() > 5)
            .map(word -> word.toLowerCase(java.util.Locale.ROOT))
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
              List.of(query),
              List.of(),
              List.of()));
    }
    return rules;
  }

  /** The whole enricher beside the harmonic sum of its two large parts. */
  void whole() throws Exception {
    EnrichSettings settings =
        EnrichSettings.live(Cluster.at("localhost:1", Cluster.IN_PROCESS_REGISTRY), Path.of("."));
    CrfRecognizer recognizer = CrfRecognizer.bundled();
    long begin = System.nanoTime();
    try (LiveEnricher enricher = LiveEnricher.bundled(settings, new SimpleMeterRegistry());
        TopicMatcher matcher = new TopicMatcher(Taxonomy.bundled().rules())) {
      System.out.printf("ready in %.1f s%n", (System.nanoTime() - begin) / 1e9);
      Contest.run(
          "whole enricher, articles",
          0.8,
          () -> {
            articles.forEach(enricher::enrich);
            return articles.size();
          },
          "entities, then topics",
          () -> {
            recognize(recognizer);
            return match(matcher, articles);
          });
    }
  }
}
