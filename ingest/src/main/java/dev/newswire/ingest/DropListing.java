// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One look at a folder and the folders in it: which files are there to be read, and what can't be
 * looked at. Senders rename and remove files meanwhile; what vanishes is passed over.
 */
final class DropListing {

  private final Path root;
  private final Set<String> except;
  private final SortedMap<Path, Look> files = new TreeMap<>();
  private final Map<Path, IOException> troubles = new LinkedHashMap<>();

  /** What a file looks like; one that is written to looks different the next time. */
  record Look(long size, FileTime modified) {

    static Look at(Path file) throws IOException {
      return of(attributes(file));
    }

    private static Look of(BasicFileAttributes attributes) {
      return new Look(attributes.size(), attributes.lastModifiedTime());
    }
  }

  /**
   * Looks at a folder now.
   *
   * @param except names of folders within that are left alone
   */
  DropListing(Path root, Set<String> except) {
    this.root = root;
    this.except = except;
    list(root);
  }

  /** The files by their paths. */
  SortedMap<Path, Look> files() {
    return files;
  }

  /** Files and folders that are there and can't be looked at, each with the reason. */
  Map<Path, IOException> troubles() {
    return troubles;
  }

  private void list(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!isLeftAlone(name(entry))) {
          look(entry);
        }
      }
    } catch (NoSuchFileException e) {
      // Gone since its own folder was listed.
    } catch (DirectoryIteratorException e) {
      troubles.put(folder, e.getCause());
    } catch (IOException e) {
      troubles.put(folder, e);
    }
  }

  private void look(Path entry) {
    try {
      BasicFileAttributes attributes = attributes(entry);
      boolean outside = root.equals(entry.getParent());
      if (attributes.isRegularFile()) {
        files.put(entry, Look.of(attributes));
      } else if (attributes.isDirectory() && outside && !except.contains(name(entry))) {
        list(entry);
      }
    } catch (NoSuchFileException e) {
      // Renamed or removed since its folder was listed.
    } catch (IOException e) {
      troubles.put(entry, e);
    }
  }

  private static boolean isLeftAlone(String name) {
    return name.startsWith(".") || name.endsWith(".part") || name.endsWith(".tmp");
  }

  private static String name(Path entry) {
    return entry.getFileName().toString();
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
