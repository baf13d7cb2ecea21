// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.newswire.enrich.rules.Fault;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaxonomyTest {

  private static final String GOOD =
      """
      topics:
        - id: ceasefire
          label: Ceasefire
          mediaTopics: ["20000053"]
          queries: [ceasefire OR truce]
      """;

  @Test
  void theBundledOneHasNoFault() {
    assertThat(Taxonomy.bundled().faults()).isEmpty();
  }

  @Test
  void everyBundledTopicHasItsMediaTopicsAndExamples() {
    assertThat(Taxonomy.bundled().rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.mediaTopics()).as(rule.id()).isNotEmpty();
              assertThat(rule.matches()).as(rule.id()).hasSizeGreaterThanOrEqualTo(3);
              assertThat(rule.rejects()).as(rule.id()).hasSizeGreaterThanOrEqualTo(3);
            });
  }

  @Test
  void everyExampleOfTheBundledTopicsHolds() {
    assertThat(TaxonomyLint.of(Taxonomy.bundled()).failures()).isEmpty();
  }

  @Test
  void aFaultyTopicLeavesItsNeighboursInUse() {
    Taxonomy taxonomy =
        Taxonomy.of(GOOD + "  - id: Broken Id\n    queries: [x]\n  - id: next\n    queries: [y]\n");
    assertThat(taxonomy.rules()).extracting(TopicRule::id).containsExactly("ceasefire", "next");
    assertThat(taxonomy.faults())
        .extracting(Fault::where, Fault::reason)
        .containsExactly(
            tuple("Broken Id", "an id is made of lower-case letters, digits and single hyphens"));
  }

  @Test
  void aFaultNamesItsLine() {
    String taxonomy =
        """
        topics:
          - id: a
            queries:
              - war
              - (truce
          - id: b
            queries: [x]
            querys: [y]
          - label: c
          - id: d
            queries: [x]
            translations:
              de:
                queries:
                  - x
                  - 3
          - id: e
            queries: [x]
            mediaTopics: ["1"]
          - id: a
            queries: [x]
        """;

    assertThat(Taxonomy.of(taxonomy).faults())
        .extracting(Fault::where, Fault::line)
        .containsExactly(
            tuple("a", 5),
            tuple("b", 8),
            tuple("topic 3", 9),
            tuple("d", 16),
            tuple("e", 19),
            tuple("a", 20));
    assertThat(Taxonomy.of(taxonomy).faults().get(0))
        .asString()
        .startsWith("a (line 5): the query '(truce' does not parse");
    assertThat(Taxonomy.of("topics:\n  - id: a\n   b").faults())
        .extracting(Fault::line)
        .containsExactly(3);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(faultOf("{id: a, queries: ['(truce']}"))
        .contains("a: the query '(truce' does not parse");
    assertThat(faultOf("{id: a, queries: ['autor:x']}"))
        .contains("field 'autor' is none of [body,");
    assertThat(faultOf("{id: a, queries: ['*truce']}")).contains("does not parse");
    assertThat(faultOf("{id: a, queries: []}")).isEqualTo("a: it has no queries");
    assertThat(faultOf("{id: a, query: x}")).contains("'query' is none of [description,");
    assertThat(faultOf("{id: a, mediaTopics: ['123'], queries: [x]}")).contains("eight digits");
    assertThat(faultOf("{id: a, queries: [x, 3]}")).contains("'queries' holds '3'");
    assertThat(faultOf("{label: a}")).isEqualTo("topic 1: it has no id");
    assertThat(faultOf("[a]")).contains("no mapping");
    assertThat(Taxonomy.of("- a").faults())
        .hasToString("[document: it has no list named 'topics']");
    assertThat(Taxonomy.of("a: [").faults().get(0).reason()).startsWith("it is no YAML: ");
    assertThat(Taxonomy.of(GOOD + GOOD.substring(8)).faults())
        .extracting(Fault::reason)
        .containsExactly("another topic has the same id");
  }

  @Test
  void yamlThatBuildsObjectsOrExpandsWithoutEndIsRefused() {
    assertThat(Taxonomy.of("topics: !!javax.script.ScriptEngineManager [x]").faults()).hasSize(1);
    assertThat(Taxonomy.of("a: &a [x, x]\nb: &b [*a, *a]\ntopics: [*b, *b]").faults()).isNotEmpty();
  }

  @Test
  void aFileWithAFaultGetsOneLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("rules.yaml"), "topics: [{id: a, queries: ['(']}]");
    assertThatThrownBy(() -> Taxonomy.ofFile("--taxonomy", file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "--taxonomy: the taxonomy '" + file + "' can't be used: a (line 1): the query")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static String faultOf(String topic) {
    List<Fault> faults = Taxonomy.of("topics: [" + topic + "]").faults();
    assertThat(faults).hasSize(1);
    return faults.get(0).where() + ": " + faults.get(0).reason();
  }
}
