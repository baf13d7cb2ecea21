// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
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

  private byte[] content = new byte[4096];
  private int length;

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
    MessageDigest digest = sha256();
    digest.update(hash.content, 0, hash.length);
    return HexFormat.of().formatHex(digest.digest());
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
    int before = length;
    number(0);
    spacedByOne(text.strip());
    int after = length;
    length = before;
    number(after - before - Long.BYTES);
    length = after;
  }

  /**
   * A text in UTF-8, runs of white space (ASCII's) as one blank each. By hand: it is most of what
   * hashing costs.
   */
  private void spacedByOne(String text) {
    reserve(3 * text.length());
    boolean inSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean space = character == ' ' || (character >= '\t' && character <= '\r');
      if (space) {
        if (!inSpace) {
          content[length++] = ' ';
        }
      } else if (character < 0x80) {
        content[length++] = (byte) character;
      } else if (character < 0x800) {
        content[length++] = (byte) (0xc0 | (character >> 6));
        content[length++] = (byte) (0x80 | (character & 0x3f));
      } else if (!Character.isSurrogate(character)) {
        content[length++] = (byte) (0xe0 | (character >> 12));
        content[length++] = (byte) (0x80 | ((character >> 6) & 0x3f));
        content[length++] = (byte) (0x80 | (character & 0x3f));
      } else {
        int point = text.codePointAt(i);
        byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, content, length, bytes.length);
        length += bytes.length;
        i += Character.charCount(point) - 1;
      }
      inSpace = space;
    }
  }

  private void moment(Instant moment) {
    number(moment == null ? Long.MIN_VALUE : moment.toEpochMilli());
  }

  private void number(long number) {
    reserve(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      content[length++] = (byte) (number >>> shift);
    }
  }

  private void reserve(int more) {
    if (length + more > content.length) {
      content = Arrays.copyOf(content, Math.max(2 * content.length, length + more));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
