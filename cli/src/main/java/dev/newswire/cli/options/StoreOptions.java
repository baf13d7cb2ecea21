// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.UserError;
import dev.newswire.sink.Database;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the records are stored. */
public final class StoreOptions {

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "The store: sqlite:FILE, or postgresql://HOST:PORT/DATABASE?user=NAME for PostgreSQL 15 or"
              + " later. Default: the SQLite database newswire.db in the data folder.")
  private String url;

  @Option(
      names = "--store-password",
      paramLabel = "PASSWORD",
      description =
          "Password of the store's user. Better given in the environment, as"
              + " NEWSWIRE_STORE_PASSWORD, for others can read command lines. Default: none.")
  private String password;

  /**
   * The database.
   *
   * @throws UserError where the URL is of no store that there is
   */
  public Database database(DataFolder folder) {
    return url == null
        ? Database.sqlite(folder.database())
        : Database.of(url, Optional.ofNullable(password));
  }
}
