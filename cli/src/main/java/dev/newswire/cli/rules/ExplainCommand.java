// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.options.StoreOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.stages.ExplainInput;
import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.topics.Diagnosis;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.RawArticle;
import dev.newswire.sink.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code newswire explain}: why an article has a topic, or does not have it. */
@Command(
    name = "explain",
    description = {
      "Explain why an article has a topic, or does not have it: which query matches, which part of",
      "which query finds nothing, and what the article has of its words.",
      "",
      "Without --topic, the topics that the article has, and those that it only mentions, are listed.",
      "The rules are the published ones, or those of --taxonomy or --bundled."
    })
public final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TopicsCommand.InUse inUse;
  @Mixin private StoreOptions store;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Subject subject;

  /** What is explained. */
  private static final class Subject {

    @Option(
        names = "--id",
        paramLabel = "ARTICLE",
        description = "The id of a stored article, such as afp/1234. It must be published.")
    private String id;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description =
            "A file in any format that ingest reads, or a plain text. '-' is standard input.")
    private String file;
  }

  @Option(
      names = "--topic",
      paramLabel = "ID",
      description = "The topic to explain. Given more than once: each of them.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--taxonomy",
      paramLabel = "FILE",
      description = "The taxonomy to explain by, in place of the published one.")
  private Path taxonomy;

  @Option(names = "--json", description = "One JSON object for each topic, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    List<TopicRule> rules = rules();
    List<TopicRule> asked = asked(rules);
    for (EnrichedArticle article : subject.id == null ? ofFile() : List.of(stored())) {
      List<Diagnosis> diagnoses = asked.stream().map(rule -> diagnosis(rule, article)).toList();
      print(article, topics.isEmpty() ? found(diagnoses) : diagnoses);
    }
    return ExitCode.OK;
  }

  private List<TopicRule> rules() {
    if (taxonomy != null) {
      return Taxonomy.ofFile("--taxonomy", taxonomy).rules();
    }
    return inUse
        .published()
        .map(rules -> Taxonomy.of(rules.getDocument()))
        .orElseGet(Taxonomy::bundled)
        .rules();
  }

  private List<TopicRule> asked(List<TopicRule> rules) {
    if (topics.isEmpty()) {
      return rules;
    }
    return topics.stream()
        .map(
            id ->
                rules.stream()
                    .filter(rule -> rule.id().equals(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new UserError(
                                "--topic: no topic in use is '"
                                    + id
                                    + "'; 'newswire topics list' lists all")))
        .toList();
  }

  private EnrichedArticle stored() {
    try (Search search = store.database(inUse.dataFolder()).search()) {
      return search
          .article(subject.id)
          .orElseThrow(
              () ->
                  new UserError("--id: no published article in the store is '" + subject.id + "'"));
    }
  }

  private List<EnrichedArticle> ofFile() {
    List<RawArticle> given = ExplainInput.read("--file", subject.file, System.in).articles();
    try (LiveEnricher enricher =
        LiveEnricher.bundled(Replacements.NONE, Limits.DEFAULT, new SimpleMeterRegistry())) {
      return given.stream().map(enricher::enrich).toList();
    }
  }

  private static Diagnosis diagnosis(TopicRule rule, EnrichedArticle article) {
    return Diagnosis.of(
        rule,
        article.getArticle(),
        Optional.ofNullable(article.getLanguage()),
        article.getEntities());
  }

  /** The topics of which at least one query matches. */
  private static List<Diagnosis> found(List<Diagnosis> diagnoses) {
    return diagnoses.stream().filter(Diagnosis::isFound).toList();
  }

  private void print(EnrichedArticle article, List<Diagnosis> diagnoses) {
    PrintWriter out = spec.commandLine().getOut();
    DiagnosisReport report = new DiagnosisReport(article, subject.id != null, diagnoses);
    if (json) {
      report.writeTo(out);
    } else if (topics.isEmpty()) {
      report.printList(out, Terminal.current());
    } else {
      report.printReasons(out, Terminal.current());
    }
    out.flush();
  }
}
