// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.cli.output.ExitCode;
import dev.newswire.runtime.UserError;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever stops a command into one line on standard error and an exit code. */
final class ErrorLines {

  private final PrintWriter err;
  private final boolean verbose;

  ErrorLines(PrintWriter err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /** A wrong command line. */
  int usage(ParameterException error, String[] arguments) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    String message = error.getMessage().lines().findFirst().orElse("wrong arguments");
    print(message + "; see '" + command + " --help'", error);
    return ExitCode.USAGE;
  }

  /** A wrong environment or properties file. */
  int usage(UserError error) {
    print(error.getMessage(), error);
    return ExitCode.USAGE;
  }

  /** A command that could not be done. */
  int failure(Exception error, CommandLine command, ParseResult parsed) {
    return failure(error);
  }

  /** A command that could not be begun. */
  int failure(Exception error) {
    print(messageOf(error), error);
    return ExitCode.FAILED;
  }

  private String messageOf(Exception error) {
    if (error instanceof UserError) {
      return error.getMessage();
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError) {
        return cause.getMessage();
      }
    }
    return "failed: " + error + (verbose ? "" : " (--verbose shows where)");
  }

  private void print(String message, Exception error) {
    err.println("newswire: " + message.lines().findFirst().orElse("failed"));
    if (verbose) {
      error.printStackTrace(err);
    }
  }
}
