// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.options.UserFiles;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.HumanReadable;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.enrich.rules.Fault;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TaxonomyLint;
import dev.newswire.enrich.topics.TaxonomyLint.Example;
import dev.newswire.enrich.topics.TaxonomyLint.Warning;
import dev.newswire.enrich.topics.TopicRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire topics lint}: whether a taxonomy does what its editors mean. */
@Command(
    name = "lint",
    description = {
      "Check the queries of a taxonomy, run every example, and show the words that matched.",
      "Needs no cluster."
    },
    footer = {
      "",
      "Warned of are: topics without examples; words of a query that stand in no example that must",
      "match; topics of which another matches more than half of the examples; and over-broad ones, with",
      "a common word that is enough alone, or that match the examples of many other topics.",
      "",
      "Exit code 1: a topic can't be used, or an example did not come out as wanted. Warnings don't count."
    })
final class TopicsLint implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Taxonomies, each checked for itself. Default: the one that ships.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--examples",
      description = "Every example on a line of its own, with the words that matched.")
  private boolean examples;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    boolean passes = true;
    if (files.isEmpty()) {
      passes = lint("bundled", Taxonomy.bundled());
    }
    for (Path file : files) {
      passes &= lint(file.toString(), Taxonomy.of(UserFiles.read("FILE", file)));
    }
    return passes ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean lint(String name, Taxonomy taxonomy) {
    TaxonomyLint lint = TaxonomyLint.of(taxonomy);
    if (json) {
      printJson(name, taxonomy, lint);
    } else {
      print(name, taxonomy, lint);
    }
    return taxonomy.faults().isEmpty() && lint.failures().isEmpty();
  }

  private void print(String name, Taxonomy taxonomy, TaxonomyLint lint) {
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Terminal.current();
    if (files.size() > 1) {
      out.println(terminal.bold(Table.printable(name)));
    }
    if (!taxonomy.rules().isEmpty()) {
      (examples ? examples(lint.examples()) : topics(taxonomy, lint)).print(out, terminal);
      out.println();
    }
    for (Fault fault : taxonomy.faults()) {
      out.println(terminal.alarming("fault    ") + Table.printable(fault.toString()));
    }
    for (Example failure : lint.failures()) {
      out.println(terminal.alarming("failure  ") + Table.printable(failure.toString()));
    }
    for (Warning warning : lint.warnings()) {
      out.println(
          terminal.highlighted("warning  ")
              + Table.printable(warning.topic() + ": " + warning.reason()));
    }
    out.println(
        HumanReadable.counted(taxonomy.rules().size(), "topic")
            + ", "
            + HumanReadable.counted(lint.examples().size(), "example")
            + ": "
            + HumanReadable.counted(taxonomy.faults().size(), "fault")
            + ", "
            + HumanReadable.counted(lint.failures().size(), "failure")
            + ", "
            + HumanReadable.counted(lint.warnings().size(), "warning"));
  }

  private static Table topics(Taxonomy taxonomy, TaxonomyLint lint) {
    Map<String, List<Example>> byTopic =
        lint.examples().stream().collect(Collectors.groupingBy(Example::topic));
    Table table = new Table("TOPIC", "-PASSED", "WORDS THAT MATCHED");
    for (TopicRule rule : taxonomy.rules()) {
      List<Example> own = byTopic.getOrDefault(rule.id(), List.of());
      table.row(
          rule.id(),
          own.stream().filter(Example::passes).count() + "/" + own.size(),
          words(own.stream().flatMap(example -> example.evidence().stream()).toList()));
    }
    return table;
  }

  private static Table examples(List<Example> examples) {
    Table table = new Table("TOPIC", "MUST", "OUTCOME", "WORDS THAT MATCHED", "EXAMPLE");
    for (Example example : examples) {
      table.row(
          example.topic(),
          example.wanted() ? "match" : "not match",
          example.passes() ? "passed" : "failed",
          words(example.evidence().stream().toList()),
          example.text());
    }
    return table;
  }

  private static String words(List<List<String>> evidence) {
    return evidence.stream()
        .flatMap(List::stream)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void printJson(String name, Taxonomy taxonomy, TaxonomyLint lint) {
    PrintWriter out = spec.commandLine().getOut();
    for (Fault fault : taxonomy.faults()) {
      JsonLines.print(
          out,
          generator -> {
            begin(generator, name, "fault", fault.where());
            if (fault.line() > 0) {
              generator.writeNumberField("line", fault.line());
            }
            generator.writeStringField("reason", fault.reason());
          });
    }
    for (Example example : lint.examples()) {
      JsonLines.print(
          out,
          generator -> {
            begin(generator, name, "example", example.topic());
            generator.writeStringField("text", example.text());
            generator.writeBooleanField("mustMatch", example.wanted());
            generator.writeBooleanField("matched", example.evidence().isPresent());
            generator.writeBooleanField("passed", example.passes());
            JsonLines.write(generator, "words", example.evidence().orElse(List.of()));
            JsonLines.write(generator, "alsoMatchedBy", example.others());
          });
    }
    for (Warning warning : lint.warnings()) {
      JsonLines.print(
          out,
          generator -> {
            begin(generator, name, "warning", warning.topic());
            generator.writeStringField(
                "doubt", warning.doubt().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            generator.writeStringField("reason", warning.reason());
            JsonLines.write(generator, "details", warning.details());
          });
    }
  }

  private static void begin(JsonGenerator generator, String taxonomy, String kind, String topic)
      throws IOException {
    generator.writeStringField("taxonomy", taxonomy);
    generator.writeStringField("kind", kind);
    generator.writeStringField("topic", topic);
  }
}
