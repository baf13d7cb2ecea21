// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.schemas.UserError;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the records are stored. */
final class StoreOptions {

  private static final String SQLITE = "sqlite:";

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "The store: sqlite:FILE. Default: the database newswire.db in the data folder.")
  private String url;

  /**
   * The database file.
   *
   * @throws UserError where the URL is of no store that there is
   */
  Path database(DataFolder folder) {
    if (url == null) {
      return folder.database();
    }
    if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
      throw new UserError("--store: '" + url + "' is no store; it is sqlite:FILE");
    }
    return Path.of(url.substring(SQLITE.length()));
  }
}
