// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

  @TempDir Path folder;

  @Override
  TestDatabase emptyDatabase() {
    return TestDatabase.sqlite(folder);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedWithOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "no database at all\n".repeat(100));

    assertThatThrownBy(() -> Database.sqlite(file).open(false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is no SQLite database");
    assertThatThrownBy(() -> Database.sqlite(folder).open(false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void aDatabaseThatIsNotThereCannotBeSearched() {
    assertThatThrownBy(() -> Database.sqlite(folder.resolve("none.db")).search())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no database");
  }
}
