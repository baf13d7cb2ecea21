// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.PublishedRules;
import dev.newswire.enrich.topics.Diagnosis;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.enrich.topics.TopicQuery;
import dev.newswire.enrich.topics.TopicRule;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.schemas.Rules;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The taxonomy that enrichers use now, and what it says. Thread-safe. */
final class RulesInUse {

  private final Cluster cluster;

  RulesInUse(Cluster cluster) {
    this.cluster = cluster;
  }

  void addTo(Api api) {
    api.with("topics", this::topics);
  }

  Taxonomy taxonomy() {
    return taxonomy(published());
  }

  private static Taxonomy taxonomy(Optional<Rules> published) {
    return published.map(Rules::getDocument).map(Taxonomy::of).orElseGet(Taxonomy::bundled);
  }

  private Optional<Rules> published() {
    return new PublishedRules(cluster).inUse(LiveEnricher.TAXONOMY);
  }

  private HttpAnswer topics(HttpCall call) {
    new Parameters(call, Set.of());
    Optional<Rules> published = published();
    Taxonomy taxonomy = taxonomy(published);
    return Json.answer(
        json -> {
          if (published.isPresent()) {
            json.writeNumberField("version", published.get().getVersion());
          }
          json.writeNumberField("faults", taxonomy.faults().size());
          json.writeArrayFieldStart("topics");
          for (TopicRule rule : taxonomy.rules()) {
            json.writeStartObject();
            topic(json, rule);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void topic(JsonGenerator json, TopicRule rule) throws IOException {
    json.writeStringField("id", rule.id());
    json.writeStringField("label", rule.label());
    Json.text(json, "description", rule.description());
    json.writeBooleanField("experimental", rule.isExperimental());
    json.writeArrayFieldStart("queries");
    for (TopicQuery query : rule.queries()) {
      json.writeString(query.text());
    }
    json.writeEndArray();
  }

  /** Why an article has a topic, or does not have it. */
  static void write(JsonGenerator json, Diagnosis diagnosis) throws IOException {
    json.writeStringField("topic", diagnosis.topic());
    json.writeStringField(
        "verdict", diagnosis.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    json.writeNumberField("score", diagnosis.score());
    json.writeNumberField("threshold", diagnosis.threshold());
    json.writeArrayFieldStart("queries");
    for (Diagnosis.Tried tried : diagnosis.queries()) {
      json.writeStartObject();
      json.writeStringField("query", tried.query());
      json.writeBooleanField("matches", tried.matches());
      ArticleJson.strings(json, "reasons", tried.reasons());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
