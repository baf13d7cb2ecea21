// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training.knowledge;

import dev.newswire.enrich.entities.KnownEntity.Location;
import dev.newswire.schemas.EntityKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One entity of one source. Immutable.
 *
 * @param source name of its file without the ending
 * @param country ISO 3166-1 alpha-2 code; empty where none is given
 * @param prominence population, {@code wcN} for words of its article, or number of registers
 * @param dates of the office or of life, such as 2009-01-20/2017-01-20
 */
record SourceRow(
    String source,
    String id,
    EntityKind kind,
    String label,
    List<String> aliases,
    String country,
    String role,
    Optional<Location> location,
    String prominence,
    String dates) {

  private static final Pattern YEAR = Pattern.compile("(\\d{4})");

  /** All rows of a source. */
  static List<SourceRow> read(Path folder, String source) {
    Path file = folder.resolve(source + ".tsv.gz");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> parse(source, line)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }

  private static SourceRow parse(String source, String line) {
    String[] columns = line.split("\t", -1);
    EntityKind kind =
        switch (columns[1]) {
          case "PER" -> EntityKind.PERSON;
          case "ORG" -> EntityKind.ORGANISATION;
          case "LOC" -> EntityKind.PLACE;
          default -> throw new IllegalArgumentException(source + ": no kind: " + line);
        };
    Optional<Location> location =
        columns[6].isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Location(Double.parseDouble(columns[6]), Double.parseDouble(columns[7])));
    List<String> aliases =
        Stream.of(columns[3].split("\\|", -1)).filter(alias -> !alias.isEmpty()).toList();
    String country = columns[4].matches("[A-Z]{2}") && !columns[4].equals("ZZ") ? columns[4] : "";
    return new SourceRow(
        source,
        columns[0],
        kind,
        columns[2],
        aliases,
        country,
        columns[5],
        location,
        columns[8],
        columns[9]);
  }

  /** A population or number of registers; 0 where there is none. */
  long number() {
    return prominence.matches("\\d{1,12}") ? Long.parseLong(prominence) : 0;
  }

  /** Words of the article; 0 where they are not given. */
  int articleWords() {
    return prominence.matches("wc\\d{1,7}") ? Integer.parseInt(prominence.substring(2)) : 0;
  }

  /** The last year of an office or life; empty where it goes on, or isn't given. */
  OptionalInt until() {
    int slash = dates.indexOf('/');
    return slash < 0 ? OptionalInt.empty() : year(dates.substring(slash + 1));
  }

  /** The first year that is given. */
  OptionalInt since() {
    return year(dates);
  }

  private static OptionalInt year(String text) {
    Matcher year = YEAR.matcher(text);
    return year.find() ? OptionalInt.of(Integer.parseInt(year.group(1))) : OptionalInt.empty();
  }
}
