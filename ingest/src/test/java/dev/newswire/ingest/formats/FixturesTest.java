// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.RevisionOrder;
import dev.newswire.schemas.Signals;
import dev.newswire.schemas.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads every sample and keeps the table in {@code docs/formats.md}. With {@code
 * -Dnewswire.formats.write=true} it writes the table anew.
 */
class FixturesTest {

  static final Path FIXTURES = Path.of("../../shared/fixtures");
  private static final Path PAGE = Path.of("../docs/formats.md");
  private static final String BEGIN = "<!-- made by FixturesTest: begin -->\n";
  private static final String END = "<!-- made by FixturesTest: end -->\n";
  private static final List<String> NO_FEEDS = List.of("robots", "schemas", "iptc-catalogs");
  private static final Pattern HEADER =
      Pattern.compile("Header:\\s*Content-type:\\s*([^\\r\\n]+)", Pattern.CASE_INSENSITIVE);

  private static Map<String, List<Sample>> samples;

  /** What came of one file. */
  private record Sample(String file, Parsed parsed) {

    boolean isRead() {
      return parsed.rejects.isEmpty();
    }
  }

  @BeforeAll
  static void readAll() throws IOException {
    assumeTrue(Files.isDirectory(FIXTURES), "the samples are not here: " + FIXTURES);
    samples = new TreeMap<>();
    try (Stream<Path> files = Files.walk(FIXTURES, 2)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getParent().equals(FIXTURES))
          .filter(file -> !NO_FEEDS.contains(folder(file)))
          .sorted()
          .forEach(
              file ->
                  samples
                      .computeIfAbsent(folder(file), folder -> new ArrayList<>())
                      .add(new Sample(file.getFileName().toString(), parse(file))));
    }
  }

  private static String folder(Path file) {
    return file.getParent().getFileName().toString();
  }

  static Parsed parse(Path file) {
    try {
      return Parsed.of(delivery(file), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The samples of feedparser say in a comment with which media type they are served. */
  static Delivery delivery(Path file) throws IOException {
    Delivery delivery =
        Delivery.of("wire", "wire-news", file.getFileName().toString(), Parsed.RECEIVED);
    Matcher header =
        HEADER.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    return header.find() ? delivery.withMediaType(header.group(1).strip()) : delivery;
  }

  @Test
  void theTableInTheDocumentationIsTrue() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("newswire.formats.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("docs/formats.md; write it anew with -Dnewswire.formats.write=true")
        .isEqualTo(table());
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder("\n| samples | files | read | articles | of formats | rejected |\n");
    table.append("|---|---:|---:|---:|---|---:|\n");
    StringBuilder rejected = new StringBuilder("\n### Rejected\n\n| file | reason |\n|---|---|\n");
    samples.forEach(
        (folder, files) -> {
          long read = files.stream().filter(Sample::isRead).count();
          table.append(
              "| %s | %d | %d | %d | %s | %d |%n"
                  .formatted(
                      folder,
                      files.size(),
                      read,
                      files.stream().mapToInt(file -> file.parsed().raws.size()).sum(),
                      formats(files),
                      files.size() - read));
          files.stream()
              .filter(file -> !file.isRead())
              .forEach(
                  file ->
                      rejected.append(
                          "| %s/%s | %s |%n"
                              .formatted(folder, file.file(), reason(file.parsed()))));
        });
    return table.append(rejected).append('\n').toString();
  }

  private static String formats(List<Sample> files) {
    return files.stream()
        .flatMap(file -> file.parsed().raws.stream())
        .map(raw -> raw.getOriginal().getFormat())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String reason(Parsed parsed) {
    List<String> reasons = parsed.reasons().stream().distinct().toList();
    String read = parsed.raws.isEmpty() ? "" : parsed.raws.size() + " articles read; ";
    return (read + String.join(" ", reasons)).replace("|", "\\|").replace("<", "&lt;");
  }

  @Test
  void everyWellFormedFeedIsRead() {
    assertThat(rejected("feeds-feedparser-wellformed")).isEmpty();
    assertThat(samples.get("feeds-feedparser-wellformed")).hasSize(872);
  }

  @Test
  void mostIllFormedFeedsAreRead() {
    assertThat(rejected("feeds-feedparser-illformed")).hasSizeLessThanOrEqualTo(2);
    assertThat(rejected("feeds-feedparser-encoding")).hasSizeLessThanOrEqualTo(4);
  }

  private static List<String> rejected(String folder) {
    return samples.get(folder).stream()
        .filter(sample -> !sample.isRead())
        .map(sample -> sample.file() + ": " + sample.parsed().reasons())
        .toList();
  }

  @Test
  void everyRejectHasAReasonThatAPersonCanActOn() {
    samples.values().stream()
        .flatMap(List::stream)
        .flatMap(sample -> sample.parsed().reasons().stream())
        .forEach(reason -> assertThat(reason).matches("[A-Z].{15,}"));
  }

  @Test
  void whatNinjsSaysShouldPassPassesAndWhatShouldFailIsRejectedOrWarnedOf() {
    List<Sample> suite = samples.get("ninjs-validation");
    assertThat(suite.stream().filter(sample -> sample.file().contains("should_pass")))
        .isNotEmpty()
        .allMatch(Sample::isRead);
    List<String> unnoticed =
        suite.stream()
            .filter(sample -> sample.file().contains("should_fail"))
            .filter(Sample::isRead)
            .filter(sample -> sample.parsed().raws.get(0).getWarnings().isEmpty())
            .map(Sample::file)
            .toList();
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void theKillOfACorrectedItemIsNewerAndKillsIt() {
    Article corrected = article("newsml-g2", "L1N14N0FF_version_978556838");
    Article killed = article("newsml-g2", "L1N14N0FF_version_1542761538");
    assertThat(killed.getId()).isEqualTo(corrected.getId());
    assertThat(corrected.getSignals()).contains(Signals.CORRECTION);
    assertThat(corrected.getStatus()).isEqualTo(Status.USABLE);
    assertThat(killed.getStatus()).isEqualTo(Status.CANCELED);
    assertThat(RevisionOrder.compare(killed, corrected)).isPositive();
  }

  @Test
  void anItemThatNamesAnotherAsCanceledCancelsIt() {
    List<Article> articles = sample("nitf", "nitf-fishing").parsed().articles();
    assertThat(articles.get(1).getItemId()).isEqualTo("iptc.321656141.a");
    assertThat(articles.get(1).getStatus()).isEqualTo(Status.CANCELED);
    assertThat(articles.get(1).getCanceledBy()).isEqualTo(articles.get(0).getId());
  }

  @Test
  void theEmbargoOfAnItemIsKeptAndItsNoteIsNoText() {
    Article embargoed = article("nitf", "pa3");
    assertThat(embargoed.getEmbargo().getUntil()).isEqualTo("2016-09-08T23:01:00Z");
    assertThat(embargoed.getEditorNotes()).anyMatch(note -> note.contains("Embargoed to 0001"));
    assertThat(embargoed.getBody()).doesNotContain("Embargoed to");
  }

  private static Article article(String folder, String part) {
    return sample(folder, part).parsed().article();
  }

  private static Sample sample(String folder, String part) {
    return samples.get(folder).stream()
        .filter(sample -> sample.file().contains(part))
        .findFirst()
        .orElseThrow();
  }
}
