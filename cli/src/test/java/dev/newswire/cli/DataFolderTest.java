// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.runtime.UserError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path path;

  @Test
  void oneProcessAtATimeHasIt() {
    DataFolder folder = new DataFolder(path);
    try (DataFolder.Held held = folder.hold()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(folder::hold)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--data: another newswire is running on " + path);
    }
    folder.hold().close();
  }

  @Test
  void othersFindTheBrokerOfTheProcessThatHasIt() {
    DataFolder folder = new DataFolder(path);
    assertThat(folder.runningBroker()).isEmpty();
    try (DataFolder.Held held = folder.hold()) {
      assertThat(held).isNotNull();
      folder.announceBroker("localhost:19092");
      assertThat(folder.runningBroker()).contains("localhost:19092");
    }
    assertThat(folder.runningBroker()).isEmpty();
  }

  @Test
  void aFolderThatCantBeMadeIsNamed() {
    DataFolder folder = new DataFolder(Path.of("/dev/null/data"));
    assertThatThrownBy(folder::hold)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--data: can't write the folder '/dev/null/data'");
  }
}
