// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.sink.SinkSettings;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How records are stored. */
public final class SinkOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private StoreOptions store;

  private int batchRecords = 1_000;

  @Option(
      names = "--batch-records",
      paramLabel = "NUMBER",
      description =
          "Records that make a transaction of the store full, from 1 to 100000. Default: 1000.")
  void setBatchRecords(int number) {
    batchRecords = OptionTypes.inRange(spec, "--batch-records", number, 1, 100_000);
  }

  @Option(
      names = "--flush-interval",
      paramLabel = "TIME",
      description =
          "How long records that keep coming are gathered for a transaction that they do not fill."
              + " They are stored at once where no more come. Default: 500ms.")
  private Duration flushInterval = Duration.ofMillis(500);

  @Option(
      names = "--outage-limit",
      paramLabel = "TIME",
      description =
          "How long the store may be out of use before the process ends with an error. Default: it"
              + " is retried for ever.")
  private Duration outageLimit = SinkSettings.NO_LIMIT;

  @Option(
      names = "--keep-revisions",
      description = "Keep every revision in the table revisions, beside the newest in articles.")
  private boolean keepRevisions;

  @Option(
      names = "--begin-anew",
      description =
          "Read the topic from its beginning where the store was filled from another, such as one of"
              + " another cluster. Articles that are stored stay.")
  private boolean beginAnew;

  public SinkSettings settings(DataFolder folder) {
    SinkSettings usual = SinkSettings.of(store.database(folder));
    return new SinkSettings(
        usual.database(),
        keepRevisions,
        batchRecords,
        usual.batchBytes(),
        flushInterval,
        outageLimit,
        beginAnew,
        usual.fencedPause());
  }
}
