// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.Story;
import dev.newswire.schemas.StoryAssignment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Passes articles to the engine and what changed to the topics. The engine is made of the store
 * when the first article comes; and anew after an error, so that a half-done article leaves no
 * trace.
 */
final class StoryProcessor
    implements Processor<String, EnrichedArticle, String, StoryProcessor.Result> {

  private final StorySettings settings;
  private ProcessorContext<String, Result> context;
  private KeyValueStore<String, byte[]> articles;
  private Optional<StoryEngine> engine = Optional.empty();

  /**
   * A record of one of the topics.
   *
   * @param value empty for a tombstone
   */
  record Result(Class<? extends SpecificRecord> type, Optional<? extends SpecificRecord> value) {}

  StoryProcessor(StorySettings settings) {
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<String, Result> processorContext) {
    context = processorContext;
    // Kafka Streams begins anew with the same processor where a transaction was given up.
    engine = Optional.empty();
    articles = context.getStateStore(StoryTopology.ARTICLES);
  }

  @Override
  public void process(Record<String, EnrichedArticle> record) {
    if (record.value() == null) {
      return;
    }
    StoryEngine current = engine.orElseGet(this::restore);
    engine = Optional.empty();
    long before = current.time();
    Changes changes = current.accept(record.value());
    changes
        .articles()
        .forEach((id, member) -> articles.put(id, member.map(StateFormat::write).orElse(null)));
    if (current.time() != before) {
      articles.put(StateFormat.TIME, StateFormat.time(current.time()));
    }
    changes
        .assignments()
        .forEach((id, value) -> forward(record, id, new Result(StoryAssignment.class, value)));
    changes.stories().forEach((id, value) -> forward(record, id, new Result(Story.class, value)));
    engine = Optional.of(current);
  }

  private void forward(Record<String, EnrichedArticle> cause, String key, Result result) {
    context.forward(cause.withKey(key).withValue(result));
  }

  private StoryEngine restore() {
    List<Member> remembered = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = articles.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (!entry.key.equals(StateFormat.TIME)) {
          remembered.add(StateFormat.read(entry.value));
        }
      }
    }
    byte[] time = articles.get(StateFormat.TIME);
    return new StoryEngine(
        settings, time == null ? Long.MIN_VALUE : ByteBuffer.wrap(time).getLong(), remembered);
  }
}
