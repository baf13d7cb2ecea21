// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.cli.demo.DemoCommand;
import dev.newswire.cli.desk.DeskCommand;
import dev.newswire.cli.feeds.FeedsCommand;
import dev.newswire.cli.operations.DeadCommand;
import dev.newswire.cli.operations.ReplayCommand;
import dev.newswire.cli.operations.StatusCommand;
import dev.newswire.cli.options.ConfiguredValues;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.output.SafeWriter;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.rules.EntitiesCommand;
import dev.newswire.cli.rules.ExplainCommand;
import dev.newswire.cli.rules.TopicsCommand;
import dev.newswire.cli.search.SearchCommand;
import dev.newswire.cli.stages.EnrichCommand;
import dev.newswire.cli.stages.IngestCommand;
import dev.newswire.cli.stages.InitCommand;
import dev.newswire.cli.stages.RunCommand;
import dev.newswire.cli.stages.SinkCommand;
import dev.newswire.cli.stories.StoriesCommand;
import dev.newswire.runtime.UserError;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code newswire}. */
@Command(
    name = "newswire",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Wire feeds in, enriched and queryable records out, through Apache Kafka.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      InitCommand.class,
      IngestCommand.class,
      EnrichCommand.class,
      StoriesCommand.class,
      SinkCommand.class,
      FeedsCommand.class,
      SearchCommand.class,
      ExplainCommand.class,
      DeskCommand.class,
      StatusCommand.class,
      ReplayCommand.class,
      DeadCommand.class,
      TopicsCommand.class,
      EntitiesCommand.class,
      OptionsCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Every option can also be given in a properties file (--config FILE, without the dashes) or in the",
      "environment: --flush-interval is NEWSWIRE_FLUSH_INTERVAL. A flag wins over the environment, and that",
      "over the file.",
      "",
      "Exit codes: 0 done, 1 it could not be done, 2 wrong options; 3 where a command says so, or where",
      "the memory was used up."
    })
public final class Newswire implements Runnable {

  @Spec private CommandSpec spec;

  /** Read before the command line is parsed, by {@link ConfiguredValues}; here it gets its help. */
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Properties file with further options, each by its name without dashes.")
  void config(Path file) {}

  /** Read before the command line is parsed, by {@link ErrorLines}; here it gets its help. */
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of an error.")
  void verbose(boolean given) {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // In Turkish, "classic" in capitals is no constant of Kafka's; in Arabic and Thai, numbers and
    // years are others. Dates and numbers are shown in one way everywhere.
    Locale.setDefault(Locale.ENGLISH);
    System.exit(execute(new PrintWriter(System.out, true, Terminal.CHARSET), arguments));
  }

  /** Runs the command and gives its exit code; errors go to standard error. */
  static int execute(PrintWriter out, String... arguments) {
    return execute(out, new PrintWriter(System.err, true, Terminal.CHARSET), arguments);
  }

  /** Runs the command with its two outputs and gives its exit code. */
  static int execute(PrintWriter outside, PrintWriter outsideErrors, String... arguments) {
    PrintWriter out = new PrintWriter(new SafeWriter(outside), true);
    PrintWriter err = new PrintWriter(new SafeWriter(outsideErrors), true);
    ErrorLines errors = new ErrorLines(err, List.of(arguments).contains("--verbose"));
    Logging.setLevels(List.of(arguments).contains("--verbose"));
    try {
      return commandLine(ConfiguredValues.of(arguments, System.getenv()))
          .setOut(out)
          .setErr(err)
          .setParameterExceptionHandler(errors::usage)
          .setExecutionExceptionHandler(errors::failure)
          .setExecutionStrategy(
              parsed -> {
                try {
                  requireMemory(parsed);
                } catch (UserError e) {
                  return errors.failure(e);
                }
                return new CommandLine.RunLast().execute(parsed);
              })
          .execute(arguments);
    } catch (UserError e) {
      return errors.usage(e);
    }
  }

  private static void requireMemory(CommandLine.ParseResult parsed) {
    if (parsed.hasSubcommand()) {
      MemoryCheck.require(
          parsed.subcommand().commandSpec().name(), Runtime.getRuntime().maxMemory());
    }
  }

  /** The command with all its subcommands, as the documentation reads it. */
  static CommandLine commandLine(ConfiguredValues given) {
    CommandLine command = new CommandLine(new Newswire());
    OptionTypes.register(command);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setDefaultValueProvider(given);
    command.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
    given.check(command);
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; it is one of " + String.join(", ", commands()));
  }

  private List<String> commands() {
    return spec.subcommands().keySet().stream().toList();
  }
}
