// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.enrich.recognition.CrfRecognizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundledModelTest {

  private static final Path CORPORA = Path.of("../../shared/corpora");

  @Test
  void theBundledModelIsAsGoodAsTheModelCardSays() throws IOException {
    assumeTrue(Files.isDirectory(CORPORA.resolve("ner")), "the test corpora are not here");

    Map<String, Evaluation> evaluations = TrainRecognizer.measure(CrfRecognizer.bundled(), CORPORA);

    assertThat(evaluations.get("wikigold").overall().f1()).isGreaterThan(0.79);
    assertThat(evaluations.get("uner_test").overall().f1()).isGreaterThan(0.77);
    assertThat(evaluations.get("wnut17_test").overall().f1()).isGreaterThan(0.534);
  }
}
