// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.output.HumanReadable;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.operations.ReplayPreview.Difference;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a replay would change, for people and for programs. */
final class ReplayReport {

  private final Collection<Difference> differences;
  private final int examples;
  private final SortedMap<String, Tally> tallies = new TreeMap<>();

  /**
   * A report.
   *
   * @param differences of every article that the replay would write
   * @param examples how many to show of each change of a topic
   */
  ReplayReport(Collection<Difference> differences, int examples) {
    this.differences = differences;
    this.examples = examples;
    for (Difference difference : differences) {
      difference.gained().keySet().forEach(topic -> tally(topic).gained++);
      difference.lost().keySet().forEach(topic -> tally(topic).lost++);
      difference.kept().forEach(topic -> tally(topic).kept++);
    }
  }

  /** How many articles gain, lose and keep a topic. */
  private static final class Tally {
    private long gained;
    private long lost;
    private long kept;
  }

  private Tally tally(String topic) {
    return tallies.computeIfAbsent(topic, any -> new Tally());
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      printJson(out);
    } else {
      printText(out);
    }
  }

  private void printText(PrintWriter out) {
    Terminal terminal = Terminal.current();
    Table table = new Table("TOPIC", "-GAINED", "-LOST", "-KEPT");
    tallies.forEach(
        (topic, tally) ->
            table.row(
                topic,
                HumanReadable.number(tally.gained),
                HumanReadable.number(tally.lost),
                HumanReadable.number(tally.kept)));
    if (!table.isEmpty()) {
      table.print(out, terminal);
      out.println();
    }
    Table shown = new Table("TOPIC", "", "ARTICLE", "WORDS", "HEADLINE");
    for (String topic : tallies.keySet()) {
      show(shown, "gained", topic, true);
      show(shown, "lost", topic, false);
    }
    if (!shown.isEmpty()) {
      shown.print(out, terminal);
      out.println();
    }
    out.printf(
        "%s of %s articles would change: %s by their topics, %s by their entities, %s by words or"
            + " strengths alone; %s are new%n",
        HumanReadable.number(count(Difference::changed)),
        HumanReadable.number(differences.size()),
        HumanReadable.number(count(Difference::changesTopics)),
        HumanReadable.number(count(Difference::changesEntities)),
        HumanReadable.number(count(Difference::changesDetails)),
        HumanReadable.number(count(Difference::isNew)));
  }

  private void show(Table table, String change, String topic, boolean gained) {
    differences.stream()
        .filter(one -> words(one, gained).containsKey(topic))
        .limit(examples)
        .forEach(
            one ->
                table.row(
                    topic,
                    change,
                    one.articleId(),
                    String.join(", ", words(one, gained).get(topic)),
                    one.headline()));
  }

  private static SortedMap<String, List<String>> words(Difference difference, boolean gained) {
    return gained ? difference.gained() : difference.lost();
  }

  private long count(java.util.function.Predicate<Difference> which) {
    return differences.stream().filter(which).count();
  }

  /** A line for each article that would change, for each topic, and one for the whole. */
  private void printJson(PrintWriter out) {
    for (Difference one : differences) {
      if (one.changed()) {
        JsonLines.print(
            out,
            generator -> {
              generator.writeStringField("article", one.articleId());
              generator.writeBooleanField("new", one.isNew());
              write(generator, "gained", one.gained());
              write(generator, "lost", one.lost());
              write(generator, "entitiesGained", one.entitiesGained());
              write(generator, "entitiesLost", one.entitiesLost());
            });
      }
    }
    tallies.forEach(
        (topic, tally) ->
            JsonLines.print(
                out,
                generator -> {
                  generator.writeStringField("topic", topic);
                  generator.writeNumberField("gained", tally.gained);
                  generator.writeNumberField("lost", tally.lost);
                  generator.writeNumberField("kept", tally.kept);
                }));
    JsonLines.print(
        out,
        generator -> {
          generator.writeNumberField("articles", differences.size());
          generator.writeNumberField("changed", count(Difference::changed));
          generator.writeNumberField("new", count(Difference::isNew));
        });
  }

  private static void write(JsonGenerator generator, String name, Map<String, List<String>> topics)
      throws IOException {
    generator.writeObjectFieldStart(name);
    for (Map.Entry<String, List<String>> topic : topics.entrySet()) {
      write(generator, topic.getKey(), topic.getValue());
    }
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, String name, Collection<String> texts)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }
}
