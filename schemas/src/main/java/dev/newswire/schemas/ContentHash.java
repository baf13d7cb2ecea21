// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BLANKS = 0x2020202020202020L;
  private static final long BEHIND_CONTROLS = 0x0e0e0e0e0e0e0e0eL;
  private static final int ROOM_FOR_LINES = 1024;

  /** Most of a text's characters are ASCII: the platform encodes a piece that is at a stroke. */
  private static final int PIECE = 128;

  private byte[] content;
  private int length;

  private ContentHash(int room) {
    content = new byte[room];
  }

  /** SHA-256 of what the article says, in lower-case hexadecimal. */
  public static String of(Article article) {
    ContentHash hash = new ContentHash(ROOM_FOR_LINES + article.getBody().length());
    hash.text(article.getId());
    hash.text(article.getRevision().getVersion());
    // A clock that runs ahead is clamped to the moment of receipt, which is not content; and many
    // feeds give their articles another date with every poll.
    if (!article.getSignals().contains(Signals.CLOCK_AHEAD)) {
      boolean isOfArticle = article.getRevision().getDatedByArticle();
      hash.moment(isOfArticle ? null : article.getRevision().getVersionCreated());
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

  /** SHA-256 of what a buffer holds from its position to its limit, which stay where they are. */
  public static String sha256(ByteBuffer bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes.duplicate());
    return HexFormat.of().formatHex(digest.digest());
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
    String stripped = text.strip();
    number(0);
    int begin = length;
    int from = 0;
    while (from < stripped.length()) {
      int to = Math.min(from + PIECE, stripped.length());
      if (to < stripped.length()
          && Character.isSurrogatePair(stripped.charAt(to - 1), stripped.charAt(to))) {
        to++;
      }
      spaceByOne(stripped.substring(from, to).getBytes(StandardCharsets.UTF_8), begin);
      from = to;
    }
    LONGS.set(content, begin - Long.BYTES, (long) length - begin);
  }

  /**
   * Adds a piece of the text that begins in the content at a place, with one blank for each run of
   * white space (ASCII's). Eight bytes at once where they hold nothing but blanks that stand alone.
   */
  private void spaceByOne(byte[] utf8, int begin) {
    reserve(utf8.length);
    int i = 0;
    while (i < utf8.length) {
      boolean afterBlank = length > begin && content[length - 1] == ' ';
      if (!afterBlank && i + Long.BYTES <= utf8.length) {
        long eight = (long) LONGS.get(utf8, i);
        if (!mayHaveRuns(eight)) {
          LONGS.set(content, length, eight);
          length += Long.BYTES;
          i += Long.BYTES;
          continue;
        }
      }
      byte given = utf8[i++];
      boolean isSpace = given == ' ' || (given >= '\t' && given <= '\r');
      if (!isSpace) {
        content[length++] = given;
      } else if (!afterBlank) {
        content[length++] = ' ';
      }
    }
  }

  /** Whether bytes may hold white space other than a blank, or two blanks side by side. */
  private static boolean mayHaveRuns(long eight) {
    long others = (eight - BEHIND_CONTROLS) & ~eight & HIGH_BITS;
    long fromBlank = eight ^ BLANKS;
    long blanks = (fromBlank - ONES) & ~fromBlank & HIGH_BITS;
    return (others | (blanks & (blanks << Byte.SIZE))) != 0;
  }

  private void moment(Instant moment) {
    number(moment == null ? Long.MIN_VALUE : moment.toEpochMilli());
  }

  private void number(long value) {
    reserve(Long.BYTES);
    LONGS.set(content, length, value);
    length += Long.BYTES;
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
