// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Print a script that lets a shell complete newswire's commands and options.",
      "",
      "For bash:  source <(newswire completion bash)",
      "For zsh:   source <(newswire completion zsh)"
    })
final class CompletionCommand implements Runnable {

  /** The shells whose completion picocli knows; one script serves both. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.ZSH) {
      // By this line zsh knows what the file is for, if it stands in a folder of its fpath.
      out.println("#compdef newswire");
    }
    out.print(AutoComplete.bash("newswire", spec.root().commandLine()));
    out.flush();
  }
}
