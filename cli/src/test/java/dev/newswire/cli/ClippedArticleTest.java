// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An article that somebody has clipped as Markdown, from the file to what a search says of it. */
class ClippedArticleTest {

  private static final String CLIPPED =
      """
      # Zelensky Says Minerals Deal With United States Is Near

      By [AFP](https://agency.example/author/afp)

      *April 07, 2025*

      ![The two presidents in Washington.](https://agency.example/images/talks.jpg)
      *Presidents Zelensky and Trump in Washington. Photo: Ann Quay / AFP*

      Ukrainian President **Volodymyr Zelensky** said on Monday that a minerals deal with the
      [United States](https://agency.example/tag/us) was near.

      He spoke in Kyiv after talks on a ceasefire.

      **Related article: [Storm Shuts Harbour](https://www.agency.example/a/1?utm_source=x)**

      Original url: <https://www.agency.example/a/2?utm_campaign=rss>
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void eachPartOfItIsFoundInItsFieldTaggedAndLinked() throws IOException {
    Path file = Files.writeString(folder.resolve("clipped.md"), CLIPPED);
    Path data = folder.resolve("data");
    try (ChildProcess run =
        ChildProcess.newswire(folder, "run", "--data", data, "--kafka-port", freePort())) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(run.output()).contains("running on"));
      Console ingest = newswire("ingest", file, "--provider", "clips", "--data", data);
      assertThat(ingest.out())
          .as(() -> ingest.err() + run.output())
          .startsWith("1 item read: 1 published");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(search(data)).as(run::output).isNotEmpty());
      run.stop();
      run.awaitEnd();
    }
    JsonNode article = new ObjectMapper().readTree(search(data));

    assertThat(article.path("headline").asText())
        .isEqualTo("Zelensky Says Minerals Deal With United States Is Near");
    assertThat(article.path("byline").asText()).isEqualTo("AFP");
    assertThat(article.path("sources")).extracting(JsonNode::asText).containsExactly("AFP");
    assertThat(article.path("published").asText()).isEqualTo("2025-04-07T00:00:00Z");
    assertThat(article.path("url").asText())
        .isEqualTo("https://www.agency.example/a/2?utm_campaign=rss");
    assertThat(article.path("body").asText())
        .isEqualTo(
            "Ukrainian President Volodymyr Zelensky said on Monday that a minerals deal with the"
                + " United States was near.\n\nHe spoke in Kyiv after talks on a ceasefire.");
    assertThat(article.path("bodyHtml").asText())
        .contains("<strong>Volodymyr Zelensky</strong>")
        .contains("href=\"https://agency.example/tag/us\"");
    JsonNode picture = article.path("renditions").path(0);
    assertThat(picture.path("href").asText()).isEqualTo("https://agency.example/images/talks.jpg");
    assertThat(picture.path("mediaType").asText()).isEqualTo("image");
    assertThat(picture.path("caption").asText())
        .isEqualTo("Presidents Zelensky and Trump in Washington. Photo: Ann Quay / AFP");
    assertThat(picture.path("credit").asText()).isEqualTo("Ann Quay / AFP");
    JsonNode related = article.path("related").path(0);
    assertThat(related.path("title").asText()).isEqualTo("Storm Shuts Harbour");
    assertThat(related.path("url").asText())
        .isEqualTo("https://www.agency.example/a/1?utm_source=x");
    assertThat(related.path("id").asText()).isEqualTo("clips/https://agency.example/a/1");
    assertThat(article.path("topics"))
        .extracting(topic -> topic.path("id").asText())
        .contains("minerals-deal");
    assertThat(article.path("entities"))
        .extracting(entity -> entity.path("wikidataId").asText())
        .contains("Q3874799");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String search(Path data) {
    return newswire("search", "--json", "--data", data).out();
  }
}
