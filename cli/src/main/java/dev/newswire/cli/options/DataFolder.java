// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.OwnFiles;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder in which the single process keeps everything that outlives it. Its owner alone can
 * read it. One process at a time uses it; others can find that one's broker through it.
 *
 * @param path the folder, which may not exist yet
 */
public record DataFolder(Path path) {

  /** The lock that a process holds on a data folder while it runs. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  public Path kafka() {
    return path.resolve("kafka");
  }

  public Path streams() {
    return path.resolve("streams");
  }

  public Path database() {
    return path.resolve("newswire.db");
  }

  public Path drop() {
    return path.resolve("drop");
  }

  /**
   * Takes the folder for this process, and makes it where it is missing.
   *
   * @throws UserError where another process has it, or it can't be written
   */
  public Held hold() {
    try {
      OwnFiles.makeFolder(path);
      FileChannel channel =
          FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel).isEmpty()) {
        channel.close();
        throw new UserError(
            "--data: another newswire is running on "
                + path
                + runningBroker().map(broker -> " (Kafka at " + broker + ")").orElse("")
                + "; stop it or give another folder");
      }
      return () -> release(channel);
    } catch (IOException e) {
      throw new UserError("--data: can't write the folder '" + path + "': " + e.getMessage(), e);
    }
  }

  /** Makes known where the broker of the process that holds the folder is. */
  public void announceBroker(String bootstrapServers) {
    Path written = path.resolve("bootstrap-server.new");
    try {
      Files.writeString(written, bootstrapServers, StandardCharsets.UTF_8);
      Files.move(written, brokerFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps the address of the desk, with the token in it, in a file that its owner alone can read.
   *
   * @return the file; it goes with the process
   */
  public Path announceDesk(URI address) {
    try {
      OwnFiles.makeFile(deskFile());
      return Files.writeString(deskFile(), address + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The broker of the process that is running on the folder; empty where none is. */
  Optional<String> runningBroker() {
    if (!Files.exists(brokerFile()) || !isHeld()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(brokerFile(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isHeld() {
    try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE)) {
      return tryLock(channel).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      // This very process holds it.
      return Optional.empty();
    }
  }

  private void release(FileChannel channel) {
    try {
      Files.deleteIfExists(brokerFile());
      Files.deleteIfExists(deskFile());
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path brokerFile() {
    return path.resolve("bootstrap-server");
  }

  private Path deskFile() {
    return path.resolve("desk");
  }

  private Path lockFile() {
    return path.resolve("lock");
  }
}
