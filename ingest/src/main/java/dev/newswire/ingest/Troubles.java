// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that can't be used now and are tried again and again: each is logged once, and
 * again where the reason is another. Not thread-safe.
 */
final class Troubles {

  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  private final Map<Path, String> told = new HashMap<>();

  /** Something can't be used now. */
  void tell(Path path, IOException trouble) {
    String reason = trouble.toString();
    if (!reason.equals(told.put(path, reason))) {
      LOG.warn("{} can't be read or moved now and is tried again: {}", path, reason);
    }
  }

  /** Something could be used. */
  void over(Path path) {
    told.remove(path);
  }

  /** Forgets what is no longer there. */
  void forgetVanished() {
    told.keySet().removeIf(path -> Files.notExists(path, LinkOption.NOFOLLOW_LINKS));
  }
}
