// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.output;

/** The exit codes that all commands share. A command that has others says so in its help. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** It could not be done; one line on standard error says why. */
  public static final int FAILED = 1;

  /** The command line, the environment or the properties file is wrong. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
