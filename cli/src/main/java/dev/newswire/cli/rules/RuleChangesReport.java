// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.rules;

import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.operations.RuleChanges;
import java.io.PrintWriter;
import java.util.List;

/** Shows how a published list of rules differs from the one before. */
final class RuleChangesReport {

  private RuleChangesReport() {}

  /** Prints them under a line that says what was published, against what. */
  static void print(
      PrintWriter out, Terminal terminal, RuleChanges changes, String published, String before) {
    boolean same =
        changes.added().isEmpty() && changes.removed().isEmpty() && changes.changed().isEmpty();
    out.println(
        "published " + published + (same ? "; nothing differs from " : "; against ") + before);
    print(out, terminal, "added", changes.added());
    print(out, terminal, "removed", changes.removed());
    print(out, terminal, "changed", changes.changed());
  }

  private static void print(PrintWriter out, Terminal terminal, String what, List<String> names) {
    if (!names.isEmpty()) {
      out.println(
          terminal.bold(String.format("%-8s", what))
              + String.format(" %3d  ", names.size())
              + Table.printable(String.join(", ", names)));
    }
  }
}
