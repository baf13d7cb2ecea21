// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's machine code. The driver unpacks it into the folder for temporary files and loads it
 * from there. Where that fails the driver does not say why, and a second attempt fails in another
 * way, as an {@link Error}; so it is loaded before a stage starts.
 */
final class SqliteLibrary {

  /** The library is a little larger than one megabyte. */
  private static final int PROBE_BYTES = 2 << 20;

  private SqliteLibrary() {}

  /**
   * Loads it; again is harmless.
   *
   * @throws UserError with the reason, where it can't be loaded
   */
  static void load() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError e) {
      Path folder =
          Path.of(
              System.getProperty(
                  "org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", "/tmp")));
      throw new UserError(
          "SQLite can't be loaded: the folder for temporary files, "
              + folder
              + ", "
              + flaw(folder)
              + "; set TMPDIR to one that can be used",
          e);
    }
  }

  /** What is wrong with a folder that machine code can't be loaded from. */
  static String flaw(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "does not exist";
    }
    try {
      Path probe = Files.createTempFile(folder, "newswire", ".tmp");
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      return "can't be written (" + e.getMessage() + ")";
    }
    return "does not let machine code be loaded (is it mounted noexec?)";
  }
}
