// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far long work is, with its rate: on a terminal one line that is written over, otherwise
 * a line every ten seconds. Not thread-safe.
 */
public final class Progress {

  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final Duration LOG_LINE = Duration.ofSeconds(10);
  private static final int BAR = 20;

  private final PrintWriter err;
  private final Terminal terminal;
  private final String unit;
  private final long begin = System.nanoTime();
  private long shown = begin;
  private double firstPart = Double.NaN;
  private boolean drawn;

  public Progress(PrintWriter err, Terminal terminal, String unit) {
    this.err = err;
    this.terminal = terminal;
    this.unit = unit;
  }

  /** So many are done. */
  public void at(long done) {
    show(done, "");
  }

  /**
   * So many are done.
   *
   * @param part which part of the whole that is, from 0 to 1
   */
  public void at(long done, double part) {
    if (Double.isNaN(firstPart)) {
      firstPart = part;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    String left =
        part > firstPart
            ? HumanReadable.duration(
                    Duration.ofSeconds(Math.round(seconds * (1 - part) / (part - firstPart))))
                + " left"
            : HumanReadable.UNKNOWN + " left";
    int filled = (int) (part * BAR);
    show(
        done,
        String.format(
            Locale.ROOT,
            "[%s%s] %3.0f%%  %s, ",
            "#".repeat(filled),
            ".".repeat(BAR - filled),
            Math.floor(part * 100),
            left));
  }

  private void show(long done, String before) {
    long now = System.nanoTime();
    Duration pause = terminal.interactive() ? REDRAW : LOG_LINE;
    if (now - shown < pause.toNanos()) {
      return;
    }
    shown = now;
    double seconds = (now - begin) / 1e9;
    String line = before + String.format("%,d %s, %,.0f/s", done, unit, done / seconds);
    if (terminal.interactive()) {
      err.print("\r" + line + "\u001b[K");
      err.flush();
      drawn = true;
    } else {
      err.println(line);
    }
  }

  /** Takes the line away. */
  public void end() {
    if (drawn) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
