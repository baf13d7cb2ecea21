// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.schemas.Article;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Publishers' pages beside what their articles say. The text is compared as a bag of words, the
 * better of with and without the publisher's summary.
 */
class PublishersPagesTest {

  private static final Path PAGES = Path.of("../../shared/corpora/pages");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");
  private static final Pattern ZONED = Pattern.compile("(Z|[+-]\\d\\d:\\d\\d)$");
  private static final Pattern BETWEEN_NAMES = Pattern.compile(",| (?:und|and|og|et|y|&) ");
  private static final Set<String> ENGLISH = Set.of("uk", "us", "ca", "au", "my", "tw", "za");

  private record Page(String file, JsonNode expected, Article article) {

    double bodyF1() {
      String text = sections();
      return Math.max(f1(text, article.getBody()), f1(summary() + " " + text, article.getBody()));
    }

    String sections() {
      List<String> parts = new ArrayList<>();
      for (JsonNode section : expected.path("sections")) {
        section.path("headline").forEach(line -> parts.add(line.asText()));
        section.path("paragraphs").forEach(line -> parts.add(line.asText()));
      }
      return String.join(" ", parts);
    }

    String summary() {
      List<String> parts = new ArrayList<>();
      expected.path("summary").forEach(line -> parts.add(line.asText()));
      return String.join(" ", parts);
    }

    boolean hasHeadline() {
      return !expected.path("headline").asText().isBlank();
    }

    boolean headlineIsRight() {
      return plain(expected.path("headline").asText()).equals(plain(article.getHeadline()));
    }

    boolean hasDate() {
      return ZONED.matcher(published()).find();
    }

    private String published() {
      return expected.path("published").asText().replace(' ', 'T');
    }

    boolean dateIsRight() {
      Instant right = OffsetDateTime.parse(published()).toInstant();
      return Duration.between(right, article.getPublished()).abs().compareTo(Duration.ofMinutes(1))
          <= 0;
    }

    boolean hasAuthors() {
      return expected.path("authors").size() > 0;
    }

    boolean authorsAreRight() {
      Set<String> right = new TreeSet<>();
      expected.path("authors").forEach(name -> right.addAll(names(name.asText())));
      return names(Objects.requireNonNullElse(article.getByline(), "")).equals(right);
    }

    private static Set<String> names(String byline) {
      return BETWEEN_NAMES
          .splitAsStream(byline)
          .map(Page::plain)
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isEnglish() {
      return ENGLISH.contains(file.substring(0, 2)) && !file.contains("Isolezwe");
    }

    private static String plain(String text) {
      return text.replaceAll("[\\s\\u00a0]+", " ").strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Integer> bag(String text) {
      Map<String, Integer> bag = new HashMap<>();
      BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
      words.setText(text);
      int start = words.first();
      for (int end = words.next(); end != BreakIterator.DONE; start = end, end = words.next()) {
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        if (WORD.matcher(word).find()) {
          if (Character.isIdeographic(word.codePointAt(0)) || word.codePointAt(0) >= 0x3040) {
            word.codePoints().forEach(c -> bag.merge(Character.toString(c), 1, Integer::sum));
          } else {
            bag.merge(word, 1, Integer::sum);
          }
        }
      }
      return bag;
    }

    private static double f1(String right, String found) {
      Map<String, Integer> rightBag = bag(right);
      Map<String, Integer> foundBag = bag(found);
      int both =
          rightBag.entrySet().stream()
              .mapToInt(word -> Math.min(word.getValue(), foundBag.getOrDefault(word.getKey(), 0)))
              .sum();
      int all =
          rightBag.values().stream().mapToInt(i -> i).sum()
              + foundBag.values().stream().mapToInt(i -> i).sum();
      return all == 0 ? 1 : 2.0 * both / all;
    }
  }

  private static final List<Page> pages = new ArrayList<>();

  @BeforeAll
  static void readPages() throws IOException {
    assumeTrue(Files.isDirectory(PAGES), "The publishers' pages are not here: " + PAGES);
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(PAGES.resolve("expected.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode expected = json.readTree(line);
        String file = expected.path("file").asText();
        try (InputStream page = new GZIPInputStream(Files.newInputStream(PAGES.resolve(file)))) {
          Parsed parsed = new Parsed();
          Delivery delivery =
              Delivery.of(
                      "wire",
                      "wire",
                      expected.path("url").asText(),
                      Instant.parse("2026-11-30T00:00:00Z"))
                  .withFormat("html");
          new Formats().parse(delivery, page.readAllBytes(), parsed);
          Article article = parsed.raws.isEmpty() ? new Article() : parsed.raws.get(0).getArticle();
          pages.add(new Page(file, expected, article));
        }
      }
    }
  }

  @Test
  void noPageIsStoredAsWholeWithLessThanHalfOfItsText() {
    assertThat(pages)
        .filteredOn(page -> !page.article.getPartial() && page.bodyF1() < 0.5)
        .extracting(Page::file)
        .isEmpty();
  }

  @Test
  void nearlyAllOfTheTextIsFoundAndLittleElse() {
    assertThat(mean(page -> true, Page::bodyF1)).as("all").isGreaterThan(0.96);
    assertThat(mean(Page::isEnglish, Page::bodyF1)).as("English").isGreaterThan(0.97);
  }

  /** Publishers give different headlines in JSON-LD, Open Graph and the heading. */
  @Test
  void theHeadlineIsOneOfThePublishers() {
    assertThat(mean(Page::hasHeadline, page -> page.headlineIsRight() ? 1 : 0)).isGreaterThan(0.83);
  }

  @Test
  void theMomentOfPublicationIsRightWithinAMinute() {
    assertThat(mean(Page::hasDate, page -> page.dateIsRight() ? 1 : 0)).isGreaterThan(0.97);
  }

  @Test
  void theAuthorsAreThosePrinted() {
    assertThat(mean(Page::hasAuthors, page -> page.authorsAreRight() ? 1 : 0)).isGreaterThan(0.82);
  }

  private static double mean(Predicate<Page> which, ToDoubleFunction<Page> figure) {
    return pages.stream().filter(which).mapToDouble(figure).average().orElseThrow();
  }
}
