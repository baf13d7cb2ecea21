// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
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
  void itsOwnerAloneCanReadItAlsoWhereItWasOpenToAllBefore() throws Exception {
    assumeTrue(
        Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class),
        "the file system has no POSIX permissions");
    Path database = Files.createFile(path.resolve("newswire.db"));
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    DataFolder folder = new DataFolder(path);
    folder.hold().close();
    assertThat(permissions(path)).isEqualTo("rwx------");
    assertThat(permissions(database)).isEqualTo("rw-------");
    assertThat(permissions(path.resolve("lock"))).startsWith("rw");

    DataFolder made = new DataFolder(path.resolve("made"));
    made.hold().close();
    assertThat(permissions(made.path())).isEqualTo("rwx------");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aFolderThatCantBeMadeIsNamed() {
    DataFolder folder = new DataFolder(Path.of("/dev/null/data"));
    assertThatThrownBy(folder::hold)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--data: can't write the folder '/dev/null/data'");
  }
}
