// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash of what a revision says. The same content gives the same hash, however often, by whichever
 * feed and at whatever moment it is delivered; so a known hash under a known article id is a
 * repeat, and a new one is a new revision.
 *
 * <p>Left out on purpose: everything that depends on the moment of receipt, markup (pages carry
 * counters and advertisements) and what our own parsers derive, so that a better parser does not
 * turn history into news.
 */
public final class ContentHash {

  private final MessageDigest digest = sha256();
  private final byte[] number = new byte[Long.BYTES];

  private ContentHash() {}

  /** SHA-256 of what the article says, in lower-case hexadecimal. */
  public static String of(Article article) {
    ContentHash hash = new ContentHash();
    hash.text(article.getId());
    hash.text(article.getRevision().getVersion());
    // A clock that runs ahead is clamped to the moment of receipt, which is not content.
    if (!article.getSignals().contains(Signals.CLOCK_AHEAD)) {
      hash.moment(article.getRevision().getVersionCreated());
    }
    hash.text(article.getStatus().name());
    hash.text(article.getStatusReason());
    hash.text(article.getCanceledBy());
    Embargo embargo = article.getEmbargo();
    hash.text(embargo == null ? null : "embargo");
    hash.moment(embargo == null ? null : embargo.getUntil());
    hash.text(embargo == null ? null : embargo.getText());
    hash.text(article.getUrl());
    hash.text(article.getHeadline());
    hash.text(article.getSlugline());
    hash.text(article.getTakeKey());
    hash.text(article.getByline());
    hash.text(article.getDateline());
    hash.texts(article.getEditorNotes());
    hash.text(article.getBody());
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  /** SHA-256 of bytes, in lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  /** Length first, so that no two sequences of texts run together into the same bytes. */
  private void text(String text) {
    if (text == null) {
      number(-1);
      return;
    }
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    int length = spaceByOne(bytes);
    number(length);
    digest.update(bytes, 0, length);
  }

  /**
   * Makes runs of white space (ASCII's) one blank each, in place, and gives the length that is
   * left. The sum of differences is zero for the second of two blanks only: a test that a processor
   * guesses, as it does not guess where words end.
   */
  private static int spaceByOne(byte[] utf8) {
    int length = 0;
    int before = 0;
    for (byte given : utf8) {
      int one = given >= '\t' && given <= '\r' ? ' ' : given;
      if (((one ^ ' ') | (before ^ ' ')) != 0) {
        utf8[length++] = (byte) one;
      }
      before = one;
    }
    return length;
  }

  private void moment(Instant moment) {
    number(moment == null ? Long.MIN_VALUE : moment.toEpochMilli());
  }

  private void number(long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      number[i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
    digest.update(number);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
