// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads one taxonomy: what is wrong with a topic becomes a fault, and the others are read on. */
final class TaxonomyReader {

  private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;
  private static final int DEEPEST = 20;
  private static final Set<String> KEYS =
      Set.of(
          "id", "label", "description", "mediaTopics", "language", "queries", "matches", "rejects");

  private final QuerySyntax syntax = new QuerySyntax();
  private final List<TopicRule> rules = new ArrayList<>();
  private final List<TaxonomyFault> faults = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  Taxonomy read(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST_DOCUMENT);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    try {
      Object document = new Yaml(new SafeConstructor(options)).load(yaml);
      if (document instanceof Map<?, ?> map && map.get("topics") instanceof List<?> topics) {
        int number = 1;
        for (Object topic : topics) {
          read(topic, number++);
        }
      } else {
        faults.add(new TaxonomyFault("document", "it has no list named 'topics'"));
      }
    } catch (YAMLException e) {
      faults.add(new TaxonomyFault("document", "it is no YAML: " + oneLine(e.getMessage())));
    }
    return new Taxonomy(List.copyOf(rules), List.copyOf(faults));
  }

  private void read(Object topic, int number) {
    String where = "topic " + number;
    try {
      if (!(topic instanceof Map<?, ?> fields)) {
        throw new Unusable("it is no mapping of names to values");
      }
      String id = text(fields, "id").orElseThrow(() -> new Unusable("it has no id"));
      where = id;
      rules.add(rule(id, fields));
    } catch (Unusable e) {
      faults.add(new TaxonomyFault(where, e.getMessage()));
    }
  }

  private TopicRule rule(String id, Map<?, ?> fields) throws Unusable {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new Unusable("an id is made of lower-case letters, digits and single hyphens");
    }
    if (!ids.add(id)) {
      throw new Unusable("another topic has the same id");
    }
    for (Object key : fields.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new Unusable("'" + key + "' is none of " + KEYS.stream().sorted().toList());
      }
    }
    List<String> mediaTopics = texts(fields, "mediaTopics");
    for (String code : mediaTopics) {
      if (!code.matches("\\d{8}")) {
        throw new Unusable("the Media Topic code '" + code + "' is not of eight digits");
      }
    }
    List<String> queries = texts(fields, "queries");
    if (queries.isEmpty()) {
      throw new Unusable("it has no queries");
    }
    for (String query : queries) {
      Optional<String> problem = syntax.problemOf(query);
      if (problem.isPresent()) {
        throw new Unusable("the query '" + query + "' does not parse: " + problem.get());
      }
    }
    return new TopicRule(
        id,
        text(fields, "label").orElse(id),
        text(fields, "description").orElse(""),
        mediaTopics,
        text(fields, "language"),
        queries,
        texts(fields, "matches"),
        texts(fields, "rejects"));
  }

  private static Optional<String> text(Map<?, ?> fields, String key) throws Unusable {
    Object value = fields.get(key);
    if (value instanceof Map || value instanceof List) {
      throw new Unusable("'" + key + "' is no text");
    }
    return Optional.ofNullable(value).map(given -> given.toString().strip());
  }

  private static List<String> texts(Map<?, ?> fields, String key) throws Unusable {
    Object value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new Unusable("'" + key + "' is no list");
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof String text) || text.isBlank()) {
        throw new Unusable("'" + key + "' holds '" + item + "', which is no text; quote it");
      }
      texts.add(text.strip());
    }
    return List.copyOf(texts);
  }

  static String oneLine(String message) {
    return message == null ? "" : message.replaceAll("\\s+", " ").strip();
  }

  /** A topic that can't be used, and why. */
  private static final class Unusable extends Exception {

    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }
}
