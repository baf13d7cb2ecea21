// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where files go once they are read: {@code done} and {@code failed}, each with the folders of the
 * providers. No file is ever replaced: a name that is taken gets a number, and one that is too long
 * is shortened. Not thread-safe.
 */
final class DropArchive {

  /** The folders, which are no providers'. */
  static final Set<String> FOLDERS = Set.of("done", "failed");

  private static final Logger LOG = LoggerFactory.getLogger(DropArchive.class);
  private static final String REASON = ".reason";

  /** What a name may have on the usual file systems, in bytes. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_EXTENSION = 16;

  private final Path folder;

  /** The archive within a drop folder. */
  DropArchive(Path folder) {
    this.folder = folder;
  }

  /** The folder that a file goes to when all is well; made where it is not there. */
  Path done(Path file) throws IOException {
    return within("done", file);
  }

  /** Moves a file that was published. */
  void moveToDone(Path file) throws IOException {
    Path target = done(file);
    Path moved = target.resolve(name(file, 1, 0));
    for (int copy = 2; !isReserved(moved); copy++) {
      moved = target.resolve(name(file, copy, 0));
    }
    moveTo(moved, file);
  }

  /** Moves a file that can't be published, and puts the reason beside it. */
  void moveToFailed(Path file, String reason) throws IOException {
    Path target = within("failed", file);
    Path moved = target.resolve(name(file, 1, REASON.length()));
    for (int copy = 2; !areReserved(moved, reason(moved)); copy++) {
      moved = target.resolve(name(file, copy, REASON.length()));
    }
    LOG.warn("{} moved to {}: {}", folder.relativize(file), folder.relativize(moved), reason);
    try {
      Files.writeString(reason(moved), reason + "\n", StandardCharsets.UTF_8);
      moveTo(moved, file);
    } catch (IOException e) {
      Files.deleteIfExists(reason(moved));
      throw e;
    }
  }

  private static Path reason(Path moved) {
    return moved.resolveSibling(moved.getFileName() + REASON);
  }

  private Path within(String archive, Path file) throws IOException {
    Path provider = folder.relativize(file.getParent());
    return Files.createDirectories(folder.resolve(archive).resolve(provider));
  }

  /** Both names, or none. */
  private static boolean areReserved(Path moved, Path reason) throws IOException {
    if (!isReserved(moved)) {
      return false;
    }
    if (isReserved(reason)) {
      return true;
    }
    Files.delete(moved);
    return false;
  }

  /** Takes a name by an empty file, which the move replaces; nobody else's file is replaced. */
  private static boolean isReserved(Path path) throws IOException {
    try {
      Files.createFile(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void moveTo(Path reserved, Path file) throws IOException {
    try {
      Files.move(file, reserved, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(reserved);
      throw e;
    }
  }

  /**
   * The name of a file's copy, with its extension, as long as it may be.
   *
   * @param room bytes that are left free for what is added to the name
   */
  private static String name(Path file, int copy, int room) {
    String name = file.getFileName().toString();
    String number = copy == 1 ? "" : "." + copy;
    int most = LONGEST_NAME - room - number.length();
    if (bytes(name) <= most) {
      return name + number;
    }
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION;
    String ending = "~" + (hasExtension ? name.substring(dot) : "");
    int end = hasExtension ? dot : name.length();
    while (bytes(name.substring(0, end) + ending) > most) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + ending + number;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
