// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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

  /**
   * What a file looks like; one that is written to looks different the next time.
   *
   * @param key tells it from another file of the same name; null where the system has none
   */
  record Look(long size, FileTime modified, Object key) {

    static Look at(Path file) throws IOException {
      return of(attributes(file));
    }

    private static Look of(BasicFileAttributes attributes) {
      return new Look(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
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

  /**
   * Opens a file that was looked at. A link that has taken its place since, or its folder's, is not
   * followed.
   *
   * @throws IOException where it can't be opened, or another file is in its place
   */
  static InputStream open(Path root, Path file, Look look) throws IOException {
    SeekableByteChannel content = channel(root, file);
    try {
      if (!Objects.equals(look.key, Look.at(file).key)) {
        throw new FileSystemException(file.toString(), null, "another file is in its place");
      }
      return Channels.newInputStream(content);
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }

  private static SeekableByteChannel channel(Path root, Path file) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    if (!root.equals(file.getParent())) {
      Path provider = file.getParent().getFileName();
      try (DirectoryStream<Path> providers = Files.newDirectoryStream(root)) {
        if (providers instanceof SecureDirectoryStream<Path> secure) {
          try (SecureDirectoryStream<Path> files =
              secure.newDirectoryStream(provider, LinkOption.NOFOLLOW_LINKS)) {
            return files.newByteChannel(file.getFileName(), options);
          }
        }
      }
    }
    return Files.newByteChannel(file, options);
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
