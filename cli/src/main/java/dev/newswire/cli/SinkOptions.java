// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.sink.SinkSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How records are stored. */
final class SinkOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private StoreOptions store;

  private int batchRecords = 1_000;

  @Option(
      names = "--batch-records",
      paramLabel = "NUMBER",
      description =
          "Most records of one transaction of the store, from 1 to 100000. Default: 1000.")
  void setBatchRecords(int number) {
    batchRecords = OptionTypes.inRange(spec, "--batch-records", number, 1, 100_000);
  }

  SinkSettings settings(DataFolder folder) {
    SinkSettings usual = SinkSettings.of(store.database(folder));
    return new SinkSettings(
        usual.database(),
        batchRecords,
        usual.batchBytes(),
        usual.flushInterval(),
        usual.outageLimit());
  }
}
