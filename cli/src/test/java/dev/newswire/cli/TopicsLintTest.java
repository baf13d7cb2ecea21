// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsLintTest {

  private static final String RULES =
      """
      topics:
        - id: ceasefire
          queries: ['ceasefire OR truce OR armistice OR "laid down"']
          matches:
            - Both sides agreed a Truce at dawn, the mediators said.
            - The ceasefire held for a second day.
            - Fighters laid down their arms under the ceasefire.
          rejects:
            - The court heard the case.
      """;

  private static final String BROAD =
      """
        - id: anything
          queries: [the OR said]
          matches: [The mediators said so.]
      """;

  @TempDir Path folder;

  @Test
  void theBundledTaxonomyPasses() {
    Console console = newswire("topics", "lint");

    assertThat(console.exitCode()).as(console.out()).isZero();
    assertThat(console.out()).contains("ceasefire", "truce", " 0 faults, 0 failures");
  }

  @Test
  void theWordsThatMatchedAreShownAndUnusedOnesWarnedOf() throws IOException {
    Console console = newswire("topics", "lint", file("good.yaml", RULES));

    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .containsPattern("ceasefire +4/4 +truce, ceasefire, laid down")
        .contains("warning  ceasefire: no example that must match uses armistice")
        .contains("1 topic, 4 examples: 0 faults, 0 failures, 1 warning");
  }

  @Test
  void overlapsAndBroadTopicsAreWarnedOf() throws IOException {
    Console console = newswire("topics", "lint", file("broad.yaml", RULES + BROAD));

    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("warning  ceasefire: anything matches 3 of its 3 examples too")
        .containsPattern("warning  anything: the word 'said' alone is enough, .* other topics")
        .containsPattern("warning  anything: it matches examples of \\d+ other topics: ");
  }

  @Test
  void aFailingExampleAndAFaultAreListedAndTheExitCodeIsOne() throws IOException {
    Path file =
        file(
            "bad.yaml",
            RULES.replace("The court heard the case.", "Marketing is at truce with finance.")
                + "  - {id: broken, queries: ['(truce']}\n");

    Console console = newswire("topics", "lint", file);

    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.out())
        .contains("failure  ceasefire must not match: Marketing is at truce with finance. [truce]")
        .contains("fault    broken (line 10): the query '(truce' does not parse")
        .contains("1 fault, 1 failure");
    assertThat(newswire("topics", "lint", "--json", file).out().lines())
        .anySatisfy(line -> assertThat(line).contains("\"kind\":\"fault\",\"topic\":\"broken\""))
        .anySatisfy(line -> assertThat(line).contains("\"passed\":false,\"words\":[\"truce\"]"));
    assertThat(newswire("topics", "lint", "--examples", file).out())
        .containsPattern("ceasefire +not match +failed +truce +Marketing");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Console console = newswire("topics", "lint", folder.resolve("none.yaml"));

    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.err()).contains("FILE: can't read the file", "none.yaml");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
