// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import dev.newswire.schemas.Cluster;
import java.util.List;
import java.util.function.Predicate;

/** Puts the originals of dead letters back to where they came from. */
final class Redrive {

  private final DeadLetters letters;

  Redrive(Cluster cluster, DeadLetters letters) {
    this.letters = letters;
  }

  /** Redrives them and says how many. */
  int redrive(List<DeadLetters.Entry> entries) {
    Predicate<DeadLetters.Entry> isRecord = entry -> entry.letter().topic().isPresent();
    letters.redrive(entries.stream().filter(isRecord).toList());
    return entries.size();
  }
}
