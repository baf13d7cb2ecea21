// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.enrich.text.Deadline;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.schemas.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The bundled taxonomy against articles that were read and labelled with twenty of its topics
 * (docs/topics.md). The labels are here; the articles are not ours to ship.
 */
final class LabelledArticlesTest {

  private static final Path CORPORA = Path.of("../../shared/corpora");

  private static final int ARTICLES = 2_386;

  @Test
  void tagsAreRightAndFound() throws IOException {
    assumeTrue(Files.isDirectory(CORPORA), "the corpora are not here");
    Map<String, Set<String>> labels = labels();
    Set<String> labelled = new TreeSet<>();
    labels.values().forEach(labelled::addAll);
    assertThat(labels).hasSize(ARTICLES);
    assertThat(labelled).hasSize(20);
    Score score = new Score();
    try (TopicMatcher matcher = new TopicMatcher(Taxonomy.bundled().rules())) {
      for (String corpus : List.of("bbc-news.jsonl.gz", "reuters21578.jsonl.gz")) {
        read(
            CORPORA.resolve(corpus),
            labels::containsKey,
            (id, article) -> score.add(id, labels.get(id), tags(matcher, article, labelled)));
      }
      for (String corpus : List.of("gum", "redocred")) {
        readTokens(
            corpus,
            labels::containsKey,
            (id, article) -> score.add(id, labels.get(id), tags(matcher, article, labelled)));
      }
    }
    assertThat(score.articles).isEqualTo(labels.size());
    assertThat(score.precision()).as(score.toString()).isGreaterThanOrEqualTo(0.9);
    assertThat(score.recall()).as(score.toString()).isGreaterThanOrEqualTo(0.75);
  }

  private static Set<String> tags(TopicMatcher matcher, Article article, Set<String> labelled) {
    Set<String> tags = new HashSet<>();
    matcher.match(article, Optional.of("en"), List.of(), Deadline.NONE).stream()
        .map(Topic::getId)
        .filter(labelled::contains)
        .forEach(tags::add);
    return tags;
  }

  private static Map<String, Set<String>> labels() throws IOException {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    try (InputStream in = LabelledArticlesTest.class.getResourceAsStream("labels.tsv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        int tab = line.indexOf('\t');
        String topics = line.substring(tab + 1);
        labels.put(
            line.substring(0, tab), topics.isEmpty() ? Set.of() : Set.of(topics.split(" ", -1)));
      }
    }
    return labels;
  }

  private static void read(Path corpus, Predicate<String> wanted, Reader reader)
      throws IOException {
    Yaml json = new Yaml(new SafeConstructor(new LoaderOptions()));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
      String start = "{\"id\": \"";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String id = line.substring(start.length(), line.indexOf('"', start.length()));
        if (wanted.test(id)) {
          // YAML allows no DEL, which an article of Reuters holds.
          Map<?, ?> item = json.load(line.replace('\u007f', ' '));
          reader.read(id, article(item));
        }
      }
    }
  }

  /**
   * Reads documents of one token to a line: they are numbered from 1. The first sentence of those
   * of GUM is their headline; the others have none.
   */
  private static void readTokens(String corpus, Predicate<String> wanted, Reader reader)
      throws IOException {
    Path file = CORPORA.resolve("ner").resolve(corpus + ".tsv.gz");
    String text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String[] documents = text.split("-DOCSTART-[^\n]*\n", -1);
    for (int number = 1; number < documents.length; number++) {
      String id = corpus + ":" + number;
      if (wanted.test(id)) {
        List<String> sentences = sentences(documents[number]);
        int headlines = corpus.equals("gum") ? 1 : 0;
        reader.read(
            id,
            article(
                String.join(" ", sentences.subList(0, headlines)),
                String.join(" ", sentences.subList(headlines, sentences.size()))));
      }
    }
  }

  private static List<String> sentences(String tokens) {
    return Arrays.stream(tokens.strip().split("\n\\s*\n", -1))
        .map(sentence -> sentence.strip().lines().map(line -> line.split("\t", -1)[0]))
        .map(words -> words.collect(Collectors.joining(" ")))
        .toList();
  }

  private static Article article(Map<?, ?> item) {
    Object title = item.get("title");
    return article(title == null ? "" : title.toString(), item.get("body").toString());
  }

  private static Article article(String headline, String body) {
    return Article.newBuilder()
        .setId("corpus/1")
        .setProvider("corpus")
        .setItemId("1")
        .setFeed("corpus")
        .setRevision(Revision.newBuilder().setReceivedAt(Instant.EPOCH).setContentHash("").build())
        .setPublished(Instant.EPOCH)
        .setStatus(Status.USABLE)
        .setHeadline(headline)
        .setBody(body)
        .build();
  }

  private interface Reader {
    void read(String id, Article article);
  }

  private static final class Score {

    private int articles;
    private int right;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    void add(String id, Set<String> labels, Set<String> tags) {
      articles++;
      for (String tag : tags) {
        if (labels.contains(tag)) {
          right++;
        } else {
          wrong.add(tag + " " + id);
        }
      }
      for (String label : labels) {
        if (!tags.contains(label)) {
          missed.add(label + " " + id);
        }
      }
    }

    double precision() {
      return right / (double) (right + wrong.size());
    }

    double recall() {
      return right / (double) (right + missed.size());
    }

    @Override
    public String toString() {
      return "precision %.3f, recall %.3f; wrong %s; missed %s"
          .formatted(precision(), recall(), wrong.stream().sorted().toList(), missed);
    }
  }
}
