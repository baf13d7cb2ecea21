// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

import dev.newswire.enrich.rules.Fault;
import dev.newswire.enrich.rules.Fields;
import dev.newswire.enrich.rules.RulesDocument;
import dev.newswire.enrich.rules.Unusable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one taxonomy: what is wrong with a topic becomes a fault, and the others are read on. */
final class TaxonomyReader {

  private static final RulesDocument DOCUMENT = new RulesDocument("topics", "topic", "id");
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "label",
          "description",
          "mediaTopics",
          "language",
          "queries",
          "threshold",
          "experimental",
          "translations",
          "matches",
          "rejects");

  private static final double HIGHEST_THRESHOLD = 100;

  private static final Set<String> FIELDS_OF_TRANSLATION = Set.of("queries", "matches", "rejects");

  private final Map<Analysis, QuerySyntax> syntaxes = new EnumMap<>(Analysis.class);
  private final List<TopicRule> rules = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  Taxonomy read(String yaml) {
    List<Fault> faults = DOCUMENT.read(yaml, (id, fields) -> rules.add(rule(id, fields)));
    return new Taxonomy(List.copyOf(rules), faults);
  }

  private TopicRule rule(String id, Fields fields) throws Unusable {
    if (!id.matches("[a-z0-9]++(?:-[a-z0-9]++)*+")) {
      throw new Unusable("an id is made of lower-case letters, digits and single hyphens");
    }
    if (!ids.add(id)) {
      throw new Unusable("another topic has the same id");
    }
    fields.requireOnly(FIELDS);
    return new TopicRule(
        id,
        fields.text("label").orElse(id),
        fields.text("description").orElse(""),
        fields.texts("mediaTopics", TaxonomyReader::mediaTopic),
        fields.text("language"),
        queries(fields, Analysis.of(fields.text("language"))),
        (float) fields.number("threshold", 0, HIGHEST_THRESHOLD).orElse(Prominence.ENOUGH),
        fields.flag("experimental"),
        translations(fields),
        fields.texts("matches"),
        fields.texts("rejects"));
  }

  private List<TopicQuery> queries(Fields fields, Analysis analysis) throws Unusable {
    QuerySyntax syntax = syntaxes.computeIfAbsent(analysis, QuerySyntax::new);
    List<TopicQuery> queries = fields.texts("queries", syntax::read);
    if (queries.isEmpty()) {
      throw new Unusable("it has no queries");
    }
    return queries;
  }

  private static String mediaTopic(String code) throws Unusable {
    if (!code.matches("\\d{8}")) {
      throw new Unusable("the Media Topic code '" + code + "' is not of eight digits");
    }
    return code;
  }

  private List<TopicRule.Translation> translations(Fields fields) throws Unusable {
    List<TopicRule.Translation> translations = new ArrayList<>();
    for (Map.Entry<String, Fields> entry : fields.entries("translations").entrySet()) {
      String language = entry.getKey();
      Analysis analysis = Analysis.of(Optional.of(language));
      if (!analysis.language().equals(language) || analysis == Analysis.ENGLISH) {
        throw new Unusable(
            "'translations' holds '" + language + "', which is none of " + Analysis.translated());
      }
      Fields own = entry.getValue();
      own.requireOnly(FIELDS_OF_TRANSLATION);
      translations.add(
          new TopicRule.Translation(
              language, queries(own, analysis), own.texts("matches"), own.texts("rejects")));
    }
    return List.copyOf(translations);
  }
}
