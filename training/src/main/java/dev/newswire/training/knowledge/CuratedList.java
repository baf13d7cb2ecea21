// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.enrich.entities.KnownEntity.Tier;
import dev.newswire.schemas.EntityKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list that is kept by hand. Columns, parted by tabs: kind, Wikidata id, name, aliases (a
 * trailing {@code !} marks a name that means it alone), country, latitude, longitude, size, {@code
 * area}, cues.
 */
final class CuratedList {

  private CuratedList() {}

  static List<Draft> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(CuratedList::parse)
        .toList();
  }

  private static Draft parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 10) {
      throw new IllegalArgumentException("ten columns are wanted: " + line);
    }
    Draft draft = new Draft(EntityKind.valueOf(columns[0]), columns[1], columns[2], Tier.CURATED);
    for (String alias : columns[3].split("\\|", -1)) {
      if (alias.endsWith("!")) {
        draft.loneNames.add(alias.substring(0, alias.length() - 1));
      } else if (!alias.isEmpty()) {
        draft.names.add(alias);
      }
    }
    draft.country = columns[4];
    if (!columns[5].isEmpty()) {
      draft.location =
          Optional.of(new Location(Double.parseDouble(columns[5]), Double.parseDouble(columns[6])));
    }
    draft.size = Long.parseLong(columns[7]);
    draft.isArea = !columns[8].isEmpty();
    Stream.of(columns[9].split("\\|", -1)).filter(cue -> !cue.isEmpty()).forEach(draft.cues::add);
    return draft;
  }
}
