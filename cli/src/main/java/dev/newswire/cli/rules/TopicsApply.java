// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.Connection;
import dev.newswire.cli.options.UserFiles;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.Table;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TaxonomyLint;
import dev.newswire.enrich.topics.TaxonomyLint.Example;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire topics apply}: publishes a taxonomy, for all enrichers to take over at once. */
@Command(
    name = "apply",
    description = {
      "Publish a taxonomy. Every enricher tags its next article by it, without a restart, and the",
      "stamp of the record says its version. It takes the place of the whole one before."
    },
    footer = {
      "",
      "Refused, and nothing published, where any topic can't be used or any example does not come out",
      "as wanted."
    })
final class TopicsApply implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private TaxonomyPublication publication;

  @Parameters(paramLabel = "FILE", description = "The taxonomy, a YAML document.")
  private Path file;

  @Option(names = "--force", description = "Publish it even where examples fail.")
  private boolean force;

  @Override
  public Integer call() {
    String document = UserFiles.read("FILE", file);
    Taxonomy taxonomy = Taxonomy.of(document);
    check(taxonomy);
    Cluster given = cluster.cluster();
    Connection.check(given).close();
    publication.publish(given, document, taxonomy, Optional.empty(), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private void check(Taxonomy taxonomy) {
    if (!taxonomy.faults().isEmpty()) {
      throw refused(taxonomy.faults().get(0).toString(), taxonomy.faults().size() - 1, "");
    }
    if (taxonomy.rules().isEmpty()) {
      throw refused("it has no topics", 0, "");
    }
    List<Example> failures = TaxonomyLint.of(taxonomy).failures();
    if (!failures.isEmpty() && !force) {
      throw refused(
          failures.get(0).toString(), failures.size() - 1, ", --force publishes it all the same");
    }
  }

  private UserError refused(String reason, int more, String force) {
    return new UserError(
        "FILE: the taxonomy '"
            + file
            + "' was not published: "
            + Table.printable(reason)
            + (more == 0 ? "" : " (and " + more + " more)")
            + "; 'newswire topics lint' shows all"
            + force);
  }
}
