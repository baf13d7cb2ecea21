// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that the user named. */
public final class UserFiles {

  private UserFiles() {}

  /** Whether a file stands for standard input. */
  public static boolean isStandardInput(Path file) {
    return file.toString().equals("-");
  }

  /** A file, as messages name it. */
  public static String name(Path file) {
    return isStandardInput(file) ? "standard input" : "'" + file + "'";
  }

  /**
   * A file's text, which must be UTF-8.
   *
   * @param option the option or parameter that named the file
   * @throws UserError where it can't be read
   */
  public static String read(String option, Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new UserError(option + ": the file '" + file + "' is not in UTF-8", e);
    } catch (IOException e) {
      throw new UserError(option + ": can't read the file '" + file + "'", e);
    }
  }
}
