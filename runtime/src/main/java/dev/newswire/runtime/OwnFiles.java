// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that their owner alone may read and write: they hold withheld texts and the secrets of
 * hubs. On a file system without POSIX permissions nothing is changed; where the permissions can't
 * be set, that is logged, and the file is used as it is.
 */
public final class OwnFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OwnFiles.class);

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private OwnFiles() {}

  /**
   * Makes a folder where it is missing, with its parents, and takes it and the files in it, though
   * not those of its folders, from everybody else.
   *
   * @throws IOException where it can't be made or read
   */
  public static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    restrict(folder, FOLDER);
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files =
          entries.filter(Files::isRegularFile).filter(file -> !Files.isSymbolicLink(file)).toList();
    }
    files.forEach(file -> restrict(file, FILE));
  }

  /**
   * Makes an empty file where it is missing, and takes it from everybody else.
   *
   * @throws IOException where it can't be made
   */
  public static void makeFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
    restrict(file, FILE);
  }

  /** Takes a file from everybody else, where it exists. */
  public static void restrictFile(Path file) {
    if (Files.exists(file)) {
      restrict(file, FILE);
    }
  }

  private static void restrict(Path path, Set<PosixFilePermission> permissions) {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    try {
      if (!view.readAttributes().permissions().equals(permissions)) {
        view.setPermissions(permissions);
      }
    } catch (IOException e) {
      LOG.warn("others may be able to read {}: {}", path, e.toString());
    }
  }
}
