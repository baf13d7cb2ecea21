// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.schemas.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Links names in short texts: raw text in, so what isn't recognised isn't linked either. */
class LinkingTest {

  private static final EntityAnnotator ANNOTATOR =
      new EntityAnnotator(KnowledgeBase.bundled(), CrfRecognizer.bundled());

  /** A name in a text; what it means, if anything known. */
  private record Case(String text, String name, int start, Optional<String> expected) {

    static Case of(String line) {
      String[] columns = line.split("\t", -1);
      String[] name = columns[1].split("#", -1);
      int start = -1;
      for (int i = 0; i < (name.length == 1 ? 1 : Integer.parseInt(name[1])); i++) {
        start = columns[0].indexOf(name[0], start + 1);
      }
      assertThat(start).as(line).isNotNegative();
      return new Case(
          columns[0], name[0], start, Optional.of(columns[2]).filter(id -> !id.equals("-")));
    }

    Optional<String> linked() {
      return ANNOTATOR.annotate("", text).stream()
          .filter(
              entity ->
                  entity.getMentions().stream().anyMatch(m -> covers(m.getStart(), m.getEnd())))
          .findFirst()
          .map(Entity::getWikidataId);
    }

    private boolean covers(int from, int end) {
      return from < start + name.length() && start < end;
    }
  }

  @Test
  void namesInContextAreLinkedRightlyOrNotAtAll() throws IOException {
    List<Case> cases = cases();
    List<String> wrong = new ArrayList<>();
    int linked = 0;
    int right = 0;
    for (Case one : cases) {
      Optional<String> id = one.linked();
      linked += id.isPresent() ? 1 : 0;
      right += id.isPresent() && id.equals(one.expected()) ? 1 : 0;
      if (!id.equals(one.expected())) {
        wrong.add(one.name() + ": " + id + " for " + one.expected() + " in: " + one.text());
      }
    }
    long known = cases.stream().filter(one -> one.expected().isPresent()).count();
    String report =
        String.format(
            "%d names, %d linked, %d rightly, %d known%n%s",
            cases.size(), linked, right, known, String.join("\n", wrong));
    System.out.println(report);
    assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
    assertThat((double) right / linked).as("precision: %s", report).isGreaterThanOrEqualTo(0.95);
    assertThat((double) right / known).as("recall: %s", report).isGreaterThanOrEqualTo(0.80);
  }

  private static List<Case> cases() throws IOException {
    try (InputStream in = LinkingTest.class.getResourceAsStream("mentions.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Case::of)
          .toList();
    }
  }
}
