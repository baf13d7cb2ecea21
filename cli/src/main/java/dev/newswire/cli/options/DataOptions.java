// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the single process keeps everything. */
public final class DataOptions {

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "newswire-data",
      description =
          "Folder of the single process: Kafka's log, the database, the drop folder. Default:"
              + " ./${DEFAULT-VALUE}.")
  private Path path;

  public DataFolder folder() {
    return new DataFolder(path);
  }
}
