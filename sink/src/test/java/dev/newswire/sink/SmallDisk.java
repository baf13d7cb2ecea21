// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A disk of a few megabytes in memory, which is soon full. Where nothing may be mounted, the test
 * is skipped.
 */
record SmallDisk(Path folder) implements AutoCloseable {

  static SmallDisk mount(Path parent, int megabytes) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(parent.resolve("small-" + System.nanoTime()));
    String options = "size=" + megabytes + "m,mode=0777";
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
        "a small disk can't be mounted here");
    return new SmallDisk(folder);
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes all that is free. */
  void fill() {
    byte[] bytes = new byte[4096];
    try (OutputStream ballast =
        Files.newOutputStream(
            folder.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        ballast.write(bytes);
      }
    } catch (IOException full) {
      assumeTrue(Files.exists(folder.resolve("ballast")), full::getMessage);
    }
  }

  /** Gives it back. */
  void free() throws IOException {
    Files.delete(folder.resolve("ballast"));
  }

  void remount(String option) throws InterruptedException {
    assumeTrue(
        succeeds("mount", "-o", "remount," + option, folder.toString()),
        "a disk can't be made " + option + " here");
  }

  @Override
  public void close() throws InterruptedException {
    succeeds("umount", "--lazy", folder.toString());
  }
}
