// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.desk;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.StoreOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.desk.Desk;
import dev.newswire.runtime.StageRunner;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code newswire desk}: the pages and the API of a pipeline that runs elsewhere. */
@Command(
    name = "desk",
    description = {
      "Open the desk: pages for the browser, and an API, over a store and a cluster, until stopped.",
      "",
      "It prints an address with a token, which lets in whoever has it, on this machine alone. Another",
      "start makes another token. 'newswire run' opens the desk, too."
    })
public final class DeskCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private StoreOptions store;
  @Mixin private DeskOptions desk;

  @Override
  public Integer call() {
    Desk opened = desk.open(store.database(cluster.dataFolder()), cluster.cluster());
    PrintWriter out = spec.commandLine().getOut();
    out.println("desk: " + opened.address());
    out.flush();
    new StageRunner(opened).run(List.of());
    return ExitCode.OK;
  }
}
