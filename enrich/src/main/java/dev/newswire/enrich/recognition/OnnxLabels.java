// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newswire.schemas.EntityKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model's configuration says: the names of its labels, by their numbers, and how much it can
 * read. Labels are BIO, or any scheme of which the letters B, I, L, E, U and S are used alike; of
 * their kinds, people, organisations and places are read, and the others are taken for no names.
 * Immutable.
 */
final class OnnxLabels {

  static final String FILE = "config.json";

  /** What a model reads where its configuration doesn't tell. */
  private static final int USUAL_LENGTH = 512;

  /** Some models number positions from 2, and so read less than they say. */
  private static final int RESERVED_POSITIONS = 2;

  private static final Map<String, EntityKind> KINDS =
      Map.of(
          "PER", EntityKind.PERSON,
          "PERSON", EntityKind.PERSON,
          "ORG", EntityKind.ORGANISATION,
          "ORGANIZATION", EntityKind.ORGANISATION,
          "ORGANISATION", EntityKind.ORGANISATION,
          "LOC", EntityKind.PLACE,
          "LOCATION", EntityKind.PLACE,
          "PLACE", EntityKind.PLACE,
          "GPE", EntityKind.PLACE);

  private final List<Label> labels;
  private final int longest;

  /**
   * A label.
   *
   * @param position letter of the scheme
   * @param kind empty for what is no name, or of a kind that isn't read
   */
  private record Label(char position, Optional<EntityKind> kind) {

    static Label of(String name) {
      String kind = name.replaceFirst("^[BILEUS][-_]", "");
      return new Label(
          kind.length() < name.length() ? name.charAt(0) : 'I',
          Optional.ofNullable(KINDS.get(kind)));
    }
  }

  private OnnxLabels(List<Label> labels, int longest) {
    this.labels = List.copyOf(labels);
    this.longest = longest;
  }

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException where it has no labels of use; says so in one sentence
   */
  static OnnxLabels read(Path file) throws IOException {
    JsonNode config = new ObjectMapper().readTree(file.toFile());
    JsonNode names = config.path("id2label");
    List<Label> labels = new ArrayList<>();
    while (names.has(Integer.toString(labels.size()))) {
      labels.add(Label.of(names.get(Integer.toString(labels.size())).asText()));
    }
    if (labels.stream().allMatch(label -> label.kind().isEmpty())) {
      throw new IllegalArgumentException(
          FILE + " names no labels of people, organisations or places in id2label");
    }
    if (labels.stream().allMatch(label -> label.kind().isPresent())) {
      throw new IllegalArgumentException(FILE + " names no label of what is no name in id2label");
    }
    int positions = config.path("max_position_embeddings").asInt(USUAL_LENGTH);
    return new OnnxLabels(
        labels, Math.max(8, Math.min(USUAL_LENGTH, positions) - RESERVED_POSITIONS));
  }

  int number() {
    return labels.size();
  }

  /** Most sub-words that the model reads at once, with those that mark the ends of a text. */
  int longest() {
    return longest;
  }

  /** A label of what is no name. */
  int outside() {
    int outside = 0;
    while (labels.get(outside).kind().isPresent()) {
      outside++;
    }
    return outside;
  }

  /** The kind of name that a label is of; empty if it is of none. */
  Optional<EntityKind> kind(int label) {
    return labels.get(label).kind();
  }

  /** Whether a word goes on with the name that the word before it is of. */
  boolean continues(int before, int label) {
    Label left = labels.get(before);
    Label right = labels.get(label);
    boolean ended = "LEUS".indexOf(left.position()) >= 0;
    boolean begins = "BUS".indexOf(right.position()) >= 0;
    return right.kind().isPresent() && right.kind().equals(left.kind()) && !ended && !begins;
  }
}
