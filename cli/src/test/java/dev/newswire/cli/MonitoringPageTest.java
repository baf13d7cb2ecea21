// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.newswire.broker.Broker;
import dev.newswire.cli.demo.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/monitoring looks at is what a running process tells. */
class MonitoringPageTest {

  private static final Path PAGES = Path.of("..", "docs", "monitoring");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:newswire|kafka|jvm|process)_[a-z_]+[a-z]\\b");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void everyMetricOfRulesDashboardAndPageIsThere() throws Exception {
    Set<String> used = new TreeSet<>();
    for (String page : Set.of("alerts.yml", "dashboard.json", "README.md")) {
      used.addAll(names(Files.readString(PAGES.resolve(page))));
    }
    assertThat(used).hasSizeGreaterThanOrEqualTo(20);

    int port = Broker.freePort();
    Path data = folder.resolve("data");
    try (ChildProcess run =
        ChildProcess.newswire(
            folder,
            "run",
            "--data",
            data,
            "--kafka-port",
            Broker.freePort(),
            "--http-port",
            port,
            "--no-desk")) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(run.output()).contains("running on"));
      Samples.Sample sample = Samples.all().get(0);
      Path drop = Files.createDirectories(data.resolve("drop").resolve(sample.provider()));
      try (InputStream content = sample.open()) {
        Files.write(drop.resolve("sample.xml"), content.readAllBytes());
      }
      // Some are there only once an article has come through.
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(names(metrics(port))).as(run::output).containsAll(used));
      run.stop();
      assertThat(run.awaitEnd()).isIn(0, 143);
    }
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    URI address = URI.create("http://localhost:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(UTF_8))
        .body();
  }
}
