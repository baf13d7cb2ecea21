// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders that SQLite can't be loaded from; .ci/machine starts processes with such folders. */
class SqliteLibraryTest {

  @TempDir Path folder;

  @Test
  void aMissingFolderIsNamedAsSuch() {
    assertThat(SqliteLibrary.flaw(folder.resolve("none"))).isEqualTo("does not exist");
  }

  @Test
  void aFolderThatCanBeWrittenDoesNotLetCodeBeLoaded() throws Exception {
    assertThat(SqliteLibrary.flaw(folder)).contains("noexec");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfTheFolderIsNoFolder() throws Exception {
    assertThat(SqliteLibrary.flaw(Files.createFile(folder.resolve("file"))))
        .isEqualTo("does not exist");
  }

  @Test
  void loadingTwiceIsHarmless() {
    SqliteLibrary.load();
    SqliteLibrary.load();
  }
}
