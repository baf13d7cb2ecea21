// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.ParsedArticle;
import dev.newswire.ingest.formats.Reject;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.ArticleId;
import dev.newswire.schemas.ContentHash;
import dev.newswire.schemas.Original;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The articles of a file that the user gave: in any format that ingest reads, or plain text, of
 * which the first line is the headline where an empty line follows it.
 *
 * @param articles what was read
 * @param rejected why items could not be read, a sentence for each
 */
public record ExplainInput(List<RawArticle> articles, List<String> rejected) {

  private static final int LARGEST = 32 * 1024 * 1024;
  private static final int LONGEST_HEADLINE = 300;
  private static final String PROVIDER = "given";

  /**
   * Reads them.
   *
   * @param option the option that named the file
   * @param file the file; a minus sign is standard input
   * @throws UserError where there is no article to read
   */
  public static ExplainInput read(String option, String file, InputStream standardInput) {
    boolean isStandardInput = file.equals("-");
    String name = isStandardInput ? "standard-input" : Path.of(file).getFileName().toString();
    byte[] bytes;
    try (InputStream in = isStandardInput ? standardInput : Files.newInputStream(Path.of(file))) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw new UserError(option + ": can't read the file '" + file + "'", e);
    }
    if (bytes.length > LARGEST) {
      throw new UserError(option + ": '" + file + "' has more than " + LARGEST + " bytes");
    }
    ExplainInput given = parse(bytes, name);
    if (given.articles.isEmpty()) {
      throw new UserError(
          option
              + ": nothing to read in '"
              + file
              + "'"
              + (given.rejected.isEmpty() ? "" : ": " + given.rejected.get(0)));
    }
    return given;
  }

  private static ExplainInput parse(byte[] bytes, String name) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Formats.Content content = new Formats().read(Delivery.of(PROVIDER, PROVIDER, name, now), bytes);
    if (content.articles().isEmpty() && isText(bytes)) {
      return new ExplainInput(List.of(plain(bytes, name, now)), List.of());
    }
    return new ExplainInput(
        content.articles().stream().map(ParsedArticle::raw).toList(),
        content.rejects().stream().map(Reject::reason).toList());
  }

  /** Whether bytes are text without markup. */
  private static boolean isText(byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
      return !text.isEmpty()
          && !text.startsWith("<")
          && !text.startsWith("{")
          && !text.startsWith("[")
          && text.indexOf('\0') < 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static RawArticle plain(byte[] bytes, String name, Instant now) {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
    int gap = text.indexOf("\n\n");
    boolean hasHeadline = gap > 0 && gap <= LONGEST_HEADLINE && text.indexOf('\n') == gap;
    String hash = ContentHash.sha256(bytes);
    Article article =
        Article.newBuilder()
            .setId(ArticleId.of(PROVIDER, name))
            .setProvider(PROVIDER)
            .setItemId(name)
            .setFeed(PROVIDER)
            .setRevision(Revision.newBuilder().setReceivedAt(now).setContentHash(hash).build())
            .setPublished(now)
            .setStatus(Status.USABLE)
            .setHeadline(hasHeadline ? text.substring(0, gap) : "")
            .setBody(hasHeadline ? text.substring(gap).strip() : text)
            .build();
    return new RawArticle(
        article,
        new Original(ByteBuffer.wrap(bytes), "text/plain", "text", hash, name),
        List.of(),
        null);
  }
}
