// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a stage keeps up. Whatever could not be found out is empty.
 *
 * @param stage ingest, enrich, stories, sink, or replay
 * @param group name of its consumer group
 * @param state the group's state in Kafka's words, in lower case; missing where no such group is
 *     known; ? where its coordinator does not answer; empty for a stage that reads feeds and needs
 *     no group
 * @param outage why the stage can't work now, by its own word; empty where it says nothing
 * @param members number of its members
 * @param partitions number of partitions that they share
 * @param lag what is still to be read
 * @param age age of the oldest record that is still to be read; zero where there is none
 * @param rate records a second that were done with over the last minute
 * @param dead dead letters that were not redriven
 * @param readsTopic whether lag applies at all
 * @param details each partition on its own
 */
public record StageStatus(
    String stage,
    String group,
    Optional<String> state,
    Optional<String> outage,
    OptionalInt members,
    OptionalInt partitions,
    Optional<RecordCount> lag,
    Optional<Duration> age,
    OptionalDouble rate,
    OptionalLong dead,
    boolean readsTopic,
    List<PartitionStatus> details) {

  public static final String REPLAY = "replay";

  public static final String MISSING = "missing";

  /** State of a group that could not be asked. */
  public static final String UNKNOWN = "?";

  /**
   * How a group keeps up with one partition.
   *
   * @param topic full name of its topic
   * @param partition its number
   * @param committed the offset that is read next; empty where nothing was committed yet
   * @param end the offset after the last that is to be read
   * @param member client id and host of the member that reads it; empty where none does
   */
  public record PartitionStatus(
      String topic,
      int partition,
      OptionalLong committed,
      OptionalLong end,
      Optional<RecordCount> lag,
      Optional<Duration> age,
      Optional<String> member) {}

  /** A replay's lag is its work, not its delay. */
  public boolean isReplay() {
    return stage.equals(REPLAY);
  }

  /** How long the lag takes at the present rate if nothing new comes. */
  public Optional<Duration> catchUp() {
    if (lag.isEmpty()) {
      return Optional.empty();
    }
    if (lag.get().records() == 0) {
      return Optional.of(Duration.ZERO);
    }
    if (rate.isEmpty() || rate.getAsDouble() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMillis(Math.round(1000.0 * lag.get().records() / rate.getAsDouble())));
  }

  public void write(JsonGenerator generator, boolean withPartitions) throws IOException {
    generator.writeStringField("stage", stage);
    generator.writeStringField("group", group);
    generator.writeStringField("state", state.orElse(null));
    number(generator, "members", members);
    number(generator, "partitions", partitions);
    lag(generator, lag, age);
    generator.writeFieldName("ratePerSecond");
    if (rate.isPresent()) {
      generator.writeNumber(Math.round(rate.getAsDouble() * 1000) / 1000.0);
    } else {
      generator.writeNull();
    }
    seconds(generator, "catchUpSeconds", catchUp());
    number(generator, "dead", dead);
    generator.writeStringField("outage", outage.orElse(null));
    if (withPartitions) {
      generator.writeArrayFieldStart("details");
      for (PartitionStatus detail : details) {
        generator.writeStartObject();
        generator.writeStringField("topic", detail.topic());
        generator.writeNumberField("partition", detail.partition());
        number(generator, "committed", detail.committed());
        number(generator, "end", detail.end());
        lag(generator, detail.lag(), detail.age());
        generator.writeStringField("member", detail.member().orElse(null));
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
  }

  private static void lag(
      JsonGenerator generator, Optional<RecordCount> lag, Optional<Duration> age)
      throws IOException {
    generator.writeFieldName("lag");
    if (lag.isPresent()) {
      generator.writeNumber(lag.get().records());
      generator.writeBooleanField("lagExact", lag.get().exact());
    } else {
      generator.writeNull();
    }
    seconds(generator, "lagSeconds", age);
  }

  private static void seconds(JsonGenerator generator, String name, Optional<Duration> time)
      throws IOException {
    generator.writeFieldName(name);
    if (time.isPresent()) {
      generator.writeNumber(time.get().toMillis() / 1000.0);
    } else {
      generator.writeNull();
    }
  }

  private static void number(JsonGenerator generator, String name, OptionalInt number)
      throws IOException {
    generator.writeFieldName(name);
    if (number.isPresent()) {
      generator.writeNumber(number.getAsInt());
    } else {
      generator.writeNull();
    }
  }

  private static void number(JsonGenerator generator, String name, OptionalLong number)
      throws IOException {
    generator.writeFieldName(name);
    if (number.isPresent()) {
      generator.writeNumber(number.getAsLong());
    } else {
      generator.writeNull();
    }
  }
}
