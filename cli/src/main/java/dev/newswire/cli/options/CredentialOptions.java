// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.ingest.Credentials;
import dev.newswire.runtime.UserError;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the credentials of feeds are. */
public final class CredentialOptions {

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Properties file with the credentials of feeds, which nobody but its owner may read."
              + " Default: none.")
  private Path file;

  /**
   * The credentials.
   *
   * @throws UserError where the file can't be read, is open to others, or holds what is none
   */
  public Credentials read() {
    if (file == null) {
      return Credentials.NONE;
    }
    try {
      return Credentials.read(file, System.getenv());
    } catch (UserError e) {
      throw new UserError("--credentials: " + e.getMessage(), e);
    }
  }
}
