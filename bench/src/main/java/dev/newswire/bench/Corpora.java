// SPDX-License-Identifier: Apache-2.0
package dev.newswire.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Real newswire texts: JSON lines with a title and a body or text, gzipped. */
final class Corpora {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Corpora() {}

  /** Texts of the Reuters and the BBC corpus, in turns, at most so many. */
  static List<RawArticle> articles(Path folder, int most) throws IOException {
    List<RawArticle> articles = new ArrayList<>();
    for (String file : List.of("reuters21578.jsonl.gz", "bbc-news.jsonl.gz")) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(folder.resolve(file))), UTF_8))) {
        for (int number = 0; number < most / 2; ) {
          String line = lines.readLine();
          if (line == null) {
            break;
          }
          JsonNode json = JSON.readTree(line);
          String body = json.path("body").asText(json.path("text").asText(""));
          if (body.length() > 80) {
            articles.add(article(file + "-" + number, json.path("title").asText(""), body));
            number++;
          }
        }
      }
    }
    return articles;
  }

  /** An article of this text. */
  static RawArticle article(String id, String headline, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    Article article =
        Article.newBuilder()
            .setId("bench/" + id)
            .setProvider("bench")
            .setItemId(id)
            .setFeed("bench")
            .setRevision(
                Revision.newBuilder()
                    .setReceivedAt(Instant.EPOCH)
                    .setContentHash(ContentHash.sha256(bytes))
                    .build())
            .setPublished(Instant.EPOCH)
            .setStatus(Status.USABLE)
            .setHeadline(headline)
            .setBody(body)
            .build();
    return new RawArticle(
        article,
        new Original(ByteBuffer.wrap(bytes), "text/plain", "text", ContentHash.sha256(bytes), "b"),
        List.of());
  }
}
