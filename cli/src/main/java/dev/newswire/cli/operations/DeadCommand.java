// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Progress;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.operations.DeadLetters;
import dev.newswire.operations.Redrive;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.DeadLetter;
import dev.newswire.schemas.Topics;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire dead}: what could not be used, why, and putting it back. */
@Command(
    name = "dead",
    description = "List, show and redrive dead letters: inputs that a stage could not use.",
    subcommands = {
      DeadCommand.ListCommand.class,
      DeadCommand.ShowCommand.class,
      DeadCommand.RedriveCommand.class
    })
public final class DeadCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; it is one of list, show, redrive");
  }

  /** {@code newswire dead list}. */
  @Command(name = "list", description = "List the dead letters, stage by stage, the oldest first.")
  static final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;
    @Mixin private StageOption stage;

    @Option(names = "--redriven", description = "Also those that were redriven.")
    private boolean redriven;

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    /** Rows that are laid out together; all at once would have to be held. */
    private static final int PAGE = 200;

    private static void print(List<DeadLetters.Entry> page, PrintWriter out) {
      Table table = new Table("ID", "SINCE", "FROM", "-BYTES", "REASON");
      for (DeadLetters.Entry entry : page) {
        table.row(
            entry.id(),
            Timestamps.seconds(entry.at()),
            origin(entry.letter()),
            size(entry.letter()),
            (entry.redriven() ? "(redriven) " : "") + entry.letter().reason());
      }
      table.print(out, Terminal.current());
    }

    @Override
    public Integer call() {
      DeadLetters letters = new DeadLetters(cluster.cluster());
      PrintWriter out = spec.commandLine().getOut();
      List<DeadLetters.Entry> page = new ArrayList<>();
      AtomicBoolean any = new AtomicBoolean();
      letters.forEach(
          stage.stages(),
          entry -> {
            if (entry.redriven() && !redriven) {
              return;
            }
            any.set(true);
            if (json) {
              JsonLines.print(out, generator -> write(generator, entry));
            } else {
              page.add(entry);
              if (page.size() == PAGE) {
                print(page, out);
                page.clear();
              }
            }
          });
      if (!page.isEmpty()) {
        print(page, out);
      } else if (!json && !any.get()) {
        out.println("no dead letters");
      }
      return ExitCode.OK;
    }
  }

  /** {@code newswire dead show}. */
  @Command(name = "show", description = "Show one dead letter with its reason and its bytes.")
  static final class ShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "The id that 'newswire dead list' shows.")
    private String id;

    @Option(names = "--raw", description = "The original bytes alone, just as they came.")
    private boolean raw;

    @Option(names = "--json", description = "As JSON, for programs; bytes in Base64.")
    private boolean json;

    @Override
    public Integer call() {
      DeadLetters.Entry entry = new DeadLetters(cluster.cluster()).find(id);
      PrintWriter out = spec.commandLine().getOut();
      byte[] bytes = entry.letter().bytes() == null ? new byte[0] : entry.letter().bytes();
      if (raw) {
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
        return ExitCode.OK;
      }
      if (json) {
        JsonLines.print(
            out,
            generator -> {
              write(generator, entry);
              generator.writeBinaryField("bytes", bytes);
            });
        return ExitCode.OK;
      }
      Terminal terminal = Terminal.current();
      line(out, terminal, "id", entry.id());
      line(out, terminal, "reason", entry.letter().reason());
      line(out, terminal, "since", Timestamps.seconds(entry.at()));
      line(out, terminal, "from", origin(entry.letter()));
      if (entry.letter().key() != null) {
        line(out, terminal, "key", new String(entry.letter().key(), StandardCharsets.UTF_8));
      }
      line(out, terminal, "redriven", entry.redriven() ? "yes" : "no");
      for (Map.Entry<String, String> detail : entry.letter().details().entrySet()) {
        if (!detail.getKey().equals(DeadLetter.STACK_TRACE)) {
          line(out, terminal, detail.getKey(), detail.getValue());
        }
      }
      out.println();
      out.println(readable(bytes));
      return ExitCode.OK;
    }

    private static void line(PrintWriter out, Terminal terminal, String name, String value) {
      out.println(terminal.bold(String.format("%-20s", name)) + " " + Table.printable(value));
    }
  }

  /** {@code newswire dead redrive}. */
  @Command(
      name = "redrive",
      description = {
        "Put originals back: a record onto the topic that it came from; an item of a feed through",
        "its parser again. Those that fail again become new dead letters."
      })
  static final class RedriveCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;
    @Mixin private StageOption stage;

    @Parameters(
        arity = "0..*",
        paramLabel = "ID",
        description = "The ids that 'newswire dead list' shows.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All dead letters that were not redriven yet.")
    private boolean all;

    @Override
    public Integer call() {
      if (ids.isEmpty() != all) {
        throw new ParameterException(
            spec.commandLine(), "give the ids of dead letters, or --all, and not both");
      }
      DeadLetters letters = new DeadLetters(cluster.cluster());
      Redrive redrive = new Redrive(cluster.cluster(), letters);
      if (all) {
        return redriveAll(redrive);
      }
      List<DeadLetters.Entry> entries = ids.stream().map(letters::find).toList();
      for (DeadLetters.Entry entry : entries) {
        if (entry.redriven()) {
          throw new UserError(entry.id() + " was redriven before");
        }
        if (!Redrive.isWhole(entry.letter())) {
          throw new UserError(
              entry.id() + " can't be redriven: only the beginning of its bytes was kept");
        }
      }
      redrive.redrive(entries);
      spec.commandLine().getOut().println("redriven: " + entries.size());
      return ExitCode.OK;
    }

    private int redriveAll(Redrive redrive) {
      Progress progress =
          new Progress(spec.commandLine().getErr(), Terminal.current(), "dead letters");
      Redrive.Counts counts = redrive.redriveAll(stage.stages(), progress::at);
      progress.end();
      PrintWriter out = spec.commandLine().getOut();
      out.println("redriven: " + counts.redriven());
      if (counts.left() > 0) {
        out.println(
            "left: " + counts.left() + ", of which only the beginning of the bytes was kept");
      }
      return ExitCode.OK;
    }
  }

  /** Restricts a command to the dead letters of one stage. */
  static final class StageOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private List<String> stages = Topics.STAGES;

    @Option(
        names = "--stage",
        paramLabel = "STAGE",
        description = "Only those of one stage: ingest, enrich, stories or sink.")
    void setStage(String stage) {
      if (!Topics.STAGES.contains(stage)) {
        throw new ParameterException(
            spec.commandLine(),
            "--stage: '" + stage + "' is no stage; it is ingest, enrich, stories or sink");
      }
      stages = List.of(stage);
    }

    List<String> stages() {
      return stages;
    }
  }

  private static void write(JsonGenerator generator, DeadLetters.Entry entry)
      throws java.io.IOException {
    generator.writeStringField("id", entry.id());
    generator.writeStringField("stage", entry.stage());
    generator.writeStringField("at", entry.at().toString());
    generator.writeStringField("from", origin(entry.letter()));
    generator.writeStringField("reason", entry.letter().reason());
    generator.writeNumberField("size", size(entry.letter()));
    generator.writeBooleanField("redriven", entry.redriven());
    for (Map.Entry<String, String> detail : entry.letter().details().entrySet()) {
      generator.writeStringField(detail.getKey(), detail.getValue());
    }
  }

  private static String origin(DeadLetter letter) {
    return letter
        .topic()
        .map(topic -> topic + "-" + letter.partition() + "@" + letter.offset())
        .orElseGet(
            () ->
                letter.details().getOrDefault(DeadLetter.FEED, "?")
                    + " "
                    + letter.details().getOrDefault(DeadLetter.SOURCE, ""));
  }

  private static int size(DeadLetter letter) {
    return letter.bytes() == null ? 0 : letter.bytes().length;
  }

  /** The bytes as text where they are UTF-8, else as a dump. */
  private static String readable(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.lines().map(Table::printable).collect(java.util.stream.Collectors.joining("\n"));
    } catch (CharacterCodingException e) {
      StringBuilder dump = new StringBuilder();
      for (int at = 0; at < Math.min(bytes.length, 4096); at += 16) {
        int end = Math.min(bytes.length, at + 16);
        dump.append(String.format("%06x  ", at))
            .append(HexFormat.ofDelimiter(" ").formatHex(bytes, at, end))
            .append('\n');
      }
      return dump.append(bytes.length > 4096 ? "… (--raw gives all)" : "").toString();
    }
  }
}
