// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.schemas.Article;
import dev.newswire.schemas.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransmissionStreamTest {

  private static final Path STREAM =
      Path.of("../../shared/corpora/reuters21578-anpa1312.stream.gz");
  private static final int TRANSMISSIONS = 21_578;

  /** Counts, so that the stream is not held. */
  private static final class Count implements Output {

    private final Set<String> ids = new HashSet<>();
    private final Set<String> hashes = new HashSet<>();
    private int articles;
    private int rejects;
    private int headlines;
    private int bodies;

    @Override
    public void article(ParsedArticle parsed) {
      Article article = parsed.article();
      articles++;
      ids.add(article.getId());
      hashes.add(article.getId() + ContentHash.of(article));
      headlines += article.getHeadline().isEmpty() ? 0 : 1;
      bodies += article.getBody().isEmpty() ? 0 : 1;
    }

    @Override
    public void reject(Reject reject) {
      rejects++;
    }
  }

  @Test
  void everyTransmissionOfALongStreamIsAccountedForTheSameEachTime() throws IOException {
    assumeTrue(Files.isRegularFile(STREAM), "the stream is not here: " + STREAM);
    Count first = count();
    assertThat(first.articles + first.rejects).isEqualTo(TRANSMISSIONS);
    assertThat(first.rejects).isZero();
    assertThat(first.headlines).isGreaterThan(20_000);
    assertThat(first.bodies).isGreaterThan(18_000);
    Count second = count();
    assertThat(second.ids).isEqualTo(first.ids);
    assertThat(second.hashes).isEqualTo(first.hashes);
  }

  private static Count count() throws IOException {
    Count count = new Count();
    try (InputStream stream = Files.newInputStream(STREAM)) {
      new Formats().parse(Parsed.delivery(), stream, count);
    }
    return count;
  }
}
