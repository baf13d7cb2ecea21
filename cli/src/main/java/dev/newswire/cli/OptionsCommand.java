// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.cli.options.ConfiguredValues;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code newswire options}: every option of every command, as the table in the documentation. */
@Command(name = "options", description = "List every option of every command, as a Markdown table.")
final class OptionsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(table(spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }

  /** The table, in the order of the options' names. */
  static String table(CommandLine root) {
    Map<String, OptionSpec> options = new TreeMap<>();
    Map<String, Set<String>> commands = new TreeMap<>();
    collect(root, options, commands);
    StringBuilder table =
        new StringBuilder("| option | commands | default | meaning |\n|---|---|---|---|\n");
    options.forEach(
        (name, option) ->
            table
                .append("| `--")
                .append(name)
                .append(option.typeInfo().isBoolean() ? "" : " " + option.paramLabel())
                .append("` | ")
                .append(
                    commands.get(name).contains("newswire")
                        ? "all"
                        : String.join(", ", commands.get(name)))
                .append(" | ")
                .append(option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`")
                .append(" | ")
                .append(meaning(option))
                .append(" |\n"));
    return table.toString();
  }

  private static void collect(
      CommandLine command, Map<String, OptionSpec> options, Map<String, Set<String>> commands) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = ConfiguredValues.nameOf(option);
      if (!option.usageHelp() && !option.versionHelp()) {
        options.putIfAbsent(name, option);
        commands
            .computeIfAbsent(name, any -> new TreeSet<>())
            .add(command.getCommandSpec().qualifiedName().replaceFirst("^newswire ", ""));
      }
    }
    command.getSubcommands().values().forEach(child -> collect(child, options, commands));
  }

  private static String meaning(OptionSpec option) {
    return String.join(" ", option.description())
        .replaceAll(" Default: [^ ]*\\$\\{DEFAULT-VALUE}\\.", "")
        .replace("|", "\\|");
  }
}
