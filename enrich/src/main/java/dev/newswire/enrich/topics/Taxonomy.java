// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.rules.Fault;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Editors' topics, as a YAML document states them (docs/topics.md). Immutable.
 *
 * @param rules the topics that can be used, in the document's order
 * @param faults what can't
 */
public record Taxonomy(List<TopicRule> rules, List<Fault> faults) {

  /** Whether there is anything in it to tag by: if not, the taxonomy before it stays in use. */
  public boolean isUsable() {
    return !rules.isEmpty();
  }

  /** The one that ships with Newswire. */
  public static Taxonomy bundled() {
    return of(bundledDocument());
  }

  /** The document of {@link #bundled()}, in YAML. */
  public static String bundledDocument() {
    try (InputStream in = Taxonomy.class.getResourceAsStream("taxonomy.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a document; whatever it holds, this gives a taxonomy, maybe one of faults alone. */
  public static Taxonomy of(String yaml) {
    return new TaxonomyReader().read(yaml);
  }

  /**
   * Reads a file, as a user gave it.
   *
   * @param option the option that named it
   * @throws UserError where it can't be read or has any fault; names the first
   */
  public static Taxonomy ofFile(String option, Path file) {
    Taxonomy taxonomy;
    try {
      taxonomy = of(Files.readString(file));
    } catch (IOException e) {
      throw new UserError(option + ": can't read the taxonomy '" + file + "'", e);
    }
    if (!taxonomy.faults.isEmpty()) {
      int more = taxonomy.faults.size() - 1;
      throw new UserError(
          option
              + ": the taxonomy '"
              + file
              + "' can't be used: "
              + taxonomy.faults.get(0)
              + (more == 0 ? "" : " (and " + more + " more)"));
    }
    return taxonomy;
  }
}
