// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.output.Terminal;
import dev.newswire.ingest.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * What became of the items that were read: {@code read = stored + repeats + stale + dead}.
 *
 * @param read items that the feeds delivered, a notice that kills another article among them
 * @param stored articles that are in the store and were not before
 * @param repeats items that had been delivered before, just as they are
 * @param stale revisions that a newer one of the same article has replaced, or had before they came
 * @param dead items that a stage could not use
 */
record DemoReport(long read, long stored, long repeats, long stale, long dead) {

  /**
   * Adds up what the stages counted.
   *
   * @param deadBehindIngest dead letters of the enricher and the sink
   * @throws IllegalStateException where the counts do not add up
   */
  static DemoReport of(Counts published, MeterRegistry meters, int deadBehindIngest) {
    DemoReport report =
        new DemoReport(
            published.read(),
            outcome(meters, "stored"),
            published.repeats()
                + published.deadBefore()
                + outcome(meters, "repeat")
                + outcome(meters, "enriched-again"),
            outcome(meters, "replaced") + outcome(meters, "stale"),
            published.dead() + deadBehindIngest);
    if (report.read != report.stored + report.repeats + report.stale + report.dead) {
      throw new IllegalStateException("the counts do not add up: " + report);
    }
    return report;
  }

  private static long outcome(MeterRegistry meters, String outcome) {
    Counter counter =
        meters.find("newswire.outcomes").tags("stage", "sink", "outcome", outcome).counter();
    return counter == null ? 0 : Math.round(counter.count());
  }

  void write(JsonGenerator generator) throws IOException {
    generator.writeNumberField("read", read);
    generator.writeNumberField("stored", stored);
    generator.writeNumberField("repeats", repeats);
    generator.writeNumberField("stale", stale);
    generator.writeNumberField("dead", dead);
  }

  /**
   * Prints the counts with what they mean.
   *
   * @param shown articles of the store that can be shown now
   */
  void print(PrintWriter out, Terminal terminal, int shown) {
    line(out, terminal, read, "items read");
    line(out, terminal, stored, "articles stored");
    line(out, terminal, repeats, "repeats of what was delivered before");
    line(out, terminal, stale, "stale: a newer revision of the same article is stored");
    line(
        out,
        terminal,
        dead,
        "dead: 'newswire dead list' shows them while 'newswire run' is running");
    out.println();
    out.printf(
        "%d = %d + %d + %d + %d. %d articles can be shown; the others are killed, withheld or"
            + " under embargo.%n",
        read, stored, repeats, stale, dead, shown);
  }

  private static void line(PrintWriter out, Terminal terminal, long number, String meaning) {
    out.println(terminal.bold(String.format("%4d", number)) + "  " + meaning);
  }
}
