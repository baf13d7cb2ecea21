// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.RawArticle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Small inputs with the right value for each, by kind. With {@code -Dnewswire.formats.write=true}
 * the figures by kind in {@code docs/formats.md} are written anew.
 */
class FeedCasesTest {

  private static final Path CASES = Path.of("../../shared/cases/feeds");
  private static final Path PAGE = Path.of("../docs/formats.md");
  private static final String BEGIN = "<!-- made by FeedCasesTest: begin -->\n";
  private static final String END = "<!-- made by FeedCasesTest: end -->\n";
  private static final Pattern COUNT = Pattern.compile("(\\d+) articles?\\b.*");

  /** A line of the table. */
  private record Case(String file, String kind, String field, String right) {

    static Case of(String line) {
      String[] cells = line.split("\t", -1);
      return new Case(cells[0], cells[1], cells[2], cells[3]);
    }

    /** The kind without what tells its cases apart. */
    String plainKind() {
      return kind.replaceFirst(":.*", "");
    }

    void check() throws IOException {
      Parsed parsed = Parsed.of(Files.readAllBytes(CASES.resolve(file)));
      assertThat(parsed.reasons()).isEmpty();
      assertThat(parsed.raws).isNotEmpty();
      RawArticle first = parsed.raws.get(0);
      Article article = first.getArticle();
      switch (field) {
        case "published" -> published(first);
        case "headline" ->
            assertThat(article.getHeadline())
                .isEqualTo(right.equals("as in dc:title") ? "Harbour reopens" : right);
        case "body" -> body(article);
        case "byline" -> assertThat(article.getByline()).isEqualTo(right);
        case "url" -> assertThat(article.getUrl()).isEqualTo(right);
        case "language" -> assertThat(article.getLanguage()).isEqualTo(right);
        case "articles" -> articles(parsed);
        default -> throw new AssertionError("the test does not know the field " + field);
      }
    }

    private void published(RawArticle raw) {
      if (right.startsWith("none")) {
        assertThat(raw.getArticle().getPublished()).isEqualTo(Parsed.RECEIVED);
        assertThat(raw.getWarnings()).isNotEmpty();
      } else {
        assertThat(raw.getArticle().getPublished()).isEqualTo(right);
      }
    }

    private void body(Article article) {
      if (right.equals("the rest of the text stays UTF-8")) {
        assertThat(article.getHeadline()).startsWith("Café on the Müller quay ").endsWith("shut");
      } else {
        assertThat(article.getBody()).isEqualTo(right);
      }
    }

    private void articles(Parsed parsed) {
      Matcher count = COUNT.matcher(right);
      assertThat(count.matches()).isTrue();
      Set<String> ids = new LinkedHashSet<>();
      parsed.articles().forEach(article -> ids.add(article.getId()));
      assertThat(ids).hasSize(Integer.parseInt(count.group(1)));
      if (right.contains("two revisions")) {
        assertThat(parsed.raws).hasSize(2);
      }
      if (right.contains("warning")) {
        assertThat(parsed.raws).allMatch(raw -> !raw.getWarnings().isEmpty());
      }
      if (right.contains("derived")) {
        assertThat(parsed.articles()).allMatch(Article::getItemIdDerived);
      }
    }
  }

  private static List<Case> cases() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "the cases are not here: " + CASES);
    try (Stream<String> lines = Files.lines(CASES.resolve("cases.tsv"))) {
      return lines.skip(1).filter(line -> !line.isBlank()).map(Case::of).toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCaseIsRight() throws IOException {
    return cases().stream().map(one -> dynamicTest(one.file() + ": " + one.kind(), one::check));
  }

  @Test
  void theFiguresInTheDocumentationAreTrue() throws IOException {
    String figures = figures(cases());
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("newswire.formats.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + figures + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("docs/formats.md; write it anew with -Dnewswire.formats.write=true")
        .isEqualTo(figures);
  }

  private static String figures(List<Case> cases) {
    Map<String, List<Case>> byKind =
        cases.stream()
            .collect(Collectors.groupingBy(Case::plainKind, TreeMap::new, Collectors.toList()));
    StringBuilder table = new StringBuilder("\n| kind | cases | right |\n|---|---:|---:|\n");
    byKind.forEach(
        (kind, ofKind) ->
            table.append(
                "| %s | %d | %d |%n".formatted(kind, ofKind.size(), right(ofKind).size())));
    return table.append('\n').toString();
  }

  private static List<Case> right(List<Case> cases) {
    List<Case> right = new ArrayList<>();
    for (Case one : cases) {
      try {
        one.check();
        right.add(one);
      } catch (IOException | AssertionError e) {
        // It counts as wrong; everyCaseIsRight() tells why.
      }
    }
    return right;
  }
}
