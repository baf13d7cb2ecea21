// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The credentials that an instance has, by name. A feed's record holds the name of its own, and
 * nothing else of it. Immutable.
 */
public final class Credentials {

  /** None at all. */
  public static final Credentials NONE = new Credentials(Map.of());

  private final Map<String, Credential> byName;

  private Credentials(Map<String, Credential> byName) {
    this.byName = byName;
  }

  /**
   * Reads them from a properties file, and from the environment what the file takes from there.
   *
   * @throws UserError where the file can't be read, others than its owner may read it, or a value
   *     is none; the message holds no value
   */
  public static Credentials read(Path file, Map<String, String> environment) {
    return new Credentials(new TreeMap<>(CredentialFile.read(file, environment)));
  }

  /** Their names. */
  public Set<String> names() {
    return byName.keySet();
  }

  /**
   * One of these; that of nobody where there is no name.
   *
   * @throws IOException where it is not here
   */
  Credential of(Optional<String> name) throws IOException {
    if (name.isEmpty()) {
      return Credential.NONE;
    }
    Credential known = byName.get(name.get());
    if (known == null) {
      throw new IOException("this instance has no credential '" + name.get() + "'");
    }
    return known;
  }

  @Override
  public String toString() {
    return names().toString();
  }
}
