// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoryStoreTest extends StoryStoreContract {

  @TempDir Path folder;

  @Override
  TestDatabase emptyDatabase() {
    return TestDatabase.sqlite(folder);
  }
}
