// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command as a user would, and keeps what it prints. */
public final class Console {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final int exitCode;

  private Console(String[] arguments) {
    exitCode = Newswire.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  public static Console newswire(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return new Console(texts);
  }

  public int exitCode() {
    return exitCode;
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }
}
