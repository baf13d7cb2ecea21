// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.runtime.Cluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

  @Test
  void theReadmeShowsTheTopologyAsItIs() throws IOException {
    Cluster cluster = Cluster.at("localhost:9092", Cluster.IN_PROCESS_REGISTRY);
    EnrichSettings settings = EnrichSettings.live(cluster, Path.of("target"));
    try (LiveEnricher enricher =
        LiveEnricher.bundled(Replacements.NONE, Limits.DEFAULT, new SimpleMeterRegistry())) {
      String description =
          EnrichTopology.of(cluster, settings.outputTopic(), enricher).describe().toString();
      assertThat(lines(Files.readString(Path.of("../README.md")))).contains(lines(description));
    }
  }

  private static String lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce("", (a, b) -> a + "\n" + b);
  }
}
