// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;

/**
 * Counts what one delivery takes and gives it up where that is more than its {@link Allowance}. For
 * one delivery and the thread that parses it.
 */
final class Budget {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long MIB = 1024 * 1024;

  /** So many bytes are read between two looks at the clock. */
  private static final long LOOK = 64 * 1024;

  private final Allowance allowance;
  private final long began = THREADS.getCurrentThreadCpuTime();
  private long packed;
  private long unpacked;
  private long lookedAt;
  private long entries;
  private long articles;
  private long rejects;

  Budget(Allowance allowance) {
    this.allowance = allowance;
  }

  /** A delivery has taken more than it may; the message is the reason of its reject. */
  static final class Exhausted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Exhausted(String reason) {
      super("The delivery was given up: " + reason + ".", null, false, false);
    }
  }

  /** Counts what comes out. */
  Output over(Output output) {
    return new Output() {
      @Override
      public void article(ParsedArticle article) {
        require(++articles, allowance.items(), "it has more than %d items");
        checkTime();
        output.article(article);
      }

      @Override
      public void reject(Reject reject) {
        rejects++;
        require(
            rejects - articles,
            allowance.rejects(),
            "%d more of its items can't be read than can be");
        checkTime();
        output.reject(reject);
      }

      @Override
      public void cut(String why) {
        output.cut(why);
      }

      @Override
      public void link(URI address) {
        checkTime();
        output.link(address);
      }

      @Override
      public void notice(FeedNotice notice) {
        output.notice(notice);
      }
    };
  }

  /** Counts bytes as they were sent. */
  InputStream packed(InputStream content) {
    return new Counted(content, false);
  }

  /** Counts bytes of an archive's content. */
  InputStream unpacked(InputStream content) {
    return new Counted(content, true);
  }

  /** Counts the bytes of a delivery that memory holds. */
  void packed(long bytes) {
    packed += bytes;
  }

  /** Counts an entry of an archive. */
  void entry() {
    require(++entries, allowance.entries(), "its archives have more than %d entries");
    checkTime();
  }

  private void read(long bytes, boolean fromArchive) {
    if (fromArchive) {
      unpacked += bytes;
      require(unpacked, allowance.unpacked(), "its archives unpack to more than %d bytes");
      if (unpacked > Allowance.RATIO_FROM && unpacked / allowance.ratio() > packed) {
        throw new Exhausted(
            "its archives unpack to more than %d times their size".formatted(allowance.ratio()));
      }
    } else {
      packed += bytes;
    }
    if (packed + unpacked - lookedAt >= LOOK) {
      lookedAt = packed + unpacked;
      checkTime();
    }
  }

  /** Gives up where the thread has worked for longer than it may. */
  void checkTime() {
    long most =
        allowance.processorTime().toNanos()
            + (packed + unpacked) / MIB * allowance.processorTimeForEachMebibyte().toNanos();
    if (THREADS.getCurrentThreadCpuTime() - began > most) {
      throw new Exhausted("it takes more than %d ms of processor time".formatted(most / 1_000_000));
    }
  }

  private static void require(long number, long most, String reason) {
    if (number > most) {
      throw new Exhausted(reason.formatted(most));
    }
  }

  private final class Counted extends FilterInputStream {

    private final boolean fromArchive;

    Counted(InputStream content, boolean fromArchive) {
      super(content);
      this.fromArchive = fromArchive;
    }

    @Override
    public int read() throws IOException {
      int octet = in.read();
      Budget.this.read(octet < 0 ? 0 : 1, fromArchive);
      return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int number = in.read(bytes, offset, length);
      Budget.this.read(Math.max(0, number), fromArchive);
      return number;
    }

    @Override
    public long skip(long number) throws IOException {
      long skipped = in.skip(number);
      Budget.this.read(skipped, fromArchive);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
