// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.ingest.FeedRegister;
import dev.newswire.operations.DeadLetters;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.http.HttpAnswer;
import dev.newswire.runtime.http.HttpCall;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Topics;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls for what the pipeline does: stages, dead letters, feeds. Thread-safe. */
final class PipelineCalls {

  private static final int MOST_DEAD = 200;

  private final Cluster cluster;
  private final PipelineWatch watch;

  PipelineCalls(Cluster cluster, PipelineWatch watch) {
    this.cluster = cluster;
    this.watch = watch;
  }

  void addTo(Api api) {
    api.with("pipeline", this::pipeline)
        .with("dead-letters", this::deadLetters)
        .with("feeds", this::feeds);
  }

  private HttpAnswer pipeline(HttpCall call) {
    new Parameters(call, Set.of());
    return Json.answer(watch::write);
  }

  private HttpAnswer deadLetters(HttpCall call) {
    new Parameters(call, Set.of());
    Deque<DeadLetters.Entry> newest = new ArrayDeque<>();
    new DeadLetters(cluster)
        .forEach(
            Topics.STAGES,
            entry -> {
              if (!entry.redriven()) {
                newest.addFirst(entry);
                if (newest.size() > MOST_DEAD) {
                  newest.removeLast();
                }
              }
            });
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("deadLetters");
          for (DeadLetters.Entry entry : newest) {
            json.writeStartObject();
            json.writeStringField("id", entry.id());
            json.writeStringField("stage", entry.stage());
            Json.moment(json, "at", entry.at());
            json.writeStringField("reason", entry.letter().reason());
            Json.text(json, "source", entry.letter().details().get("newswire.source"));
            json.writeNumberField("bytes", entry.letter().bytes().length);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private HttpAnswer feeds(HttpCall call) {
    new Parameters(call, Set.of());
    List<FeedRegister.Entry> feeds = new FeedRegister(cluster).entries();
    return Json.answer(
        json -> {
          json.writeArrayFieldStart("feeds");
          for (FeedRegister.Entry entry : feeds) {
            json.writeStartObject();
            json.writeStringField("name", entry.feed().getName());
            json.writeStringField("provider", entry.feed().getProvider());
            Json.text(json, "title", entry.feed().getTitle());
            json.writeStringField("host", host(entry.feed().getUrl()));
            json.writeBooleanField("paused", entry.feed().getPaused());
            if (entry.state().isPresent()) {
              PollState state = entry.state().get();
              Json.moment(json, "lastSuccess", state.getLastSuccess());
              Json.moment(json, "lastAttempt", state.getLastAttempt());
              Json.moment(json, "lastNewItem", state.getLastNewItem());
              Json.moment(json, "nextPoll", state.getNextPoll());
              json.writeNumberField("failures", state.getFailures());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** An address may hold a password or a key; the name of its host does not. */
  private static String host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost()).orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
