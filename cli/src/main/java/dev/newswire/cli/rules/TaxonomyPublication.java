// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.output.Terminal;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.operations.RuleChanges;
import dev.newswire.runtime.Cluster;
import dev.newswire.schemas.Rules;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Publishes a taxonomy, with who did it and why, and shows what it changes. */
final class TaxonomyPublication {

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who publishes it, as 'topics history' shows. Default: the user's name.")
  private String by;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "What was changed and why, as 'topics history' shows.")
  private String note;

  /**
   * Publishes a taxonomy, unless it is the very one in use.
   *
   * @param noteOtherwise the note where the user gave none
   */
  void publish(
      Cluster cluster,
      String document,
      Taxonomy taxonomy,
      Optional<String> noteOtherwise,
      PrintWriter out) {
    PublishedRules published = new PublishedRules(cluster);
    Optional<Rules> before = published.inUse(LiveEnricher.TAXONOMY);
    if (before.isPresent() && before.get().getDocument().equals(document)) {
      out.println(
          "taxonomy "
              + before.get().getVersion()
              + " is this very document already; nothing published");
      return;
    }
    Rules rules =
        published.publish(
            LiveEnricher.TAXONOMY,
            document,
            Optional.ofNullable(by == null ? System.getProperty("user.name") : by),
            Optional.ofNullable(note).or(() -> noteOtherwise));
    RuleChanges changes =
        RuleChanges.between(
            before.map(Rules::getDocument).map(Taxonomy::of).orElseGet(Taxonomy::bundled).rules(),
            taxonomy.rules(),
            TopicRule::id);
    RuleChangesReport.print(
        out,
        Terminal.current(),
        changes,
        "taxonomy " + rules.getVersion() + ": " + taxonomy.rules().size() + " topics",
        before.map(rule -> "taxonomy " + rule.getVersion()).orElse("the bundled taxonomy"));
  }
}
