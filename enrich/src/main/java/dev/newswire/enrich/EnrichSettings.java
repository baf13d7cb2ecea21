// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich;

import dev.newswire.runtime.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be set of an enrich stage. A replay is the same stage with another application id and,
 * where it builds beside production, another output topic; where it starts is the committed offsets
 * of that application's group, as for any Kafka Streams application.
 *
 * @param applicationId Kafka Streams' application id, which is also the consumer group and the
 *     prefix of the transactional ids
 * @param outputTopic full name of the topic to write to
 * @param threads number of stream threads, at least 1
 * @param stateFolder where Kafka Streams keeps its lock and checkpoints
 * @param replacements files in place of what is published or bundled
 * @param limits how much time and text an article may take
 * @param selection what of the topic is enriched; empty for all of it
 */
public record EnrichSettings(
    String applicationId,
    String outputTopic,
    int threads,
    Path stateFolder,
    Replacements replacements,
    Limits limits,
    Optional<Selection> selection) {

  /** Name of the stage in its consumer group and its dead-letter topic. */
  public static final String STAGE = "enrich";

  /** How the reason begins for which an annotator's part is missing that took too long. */
  public static final String OUT_OF_TIME = "out of time";

  /** Checks the number of threads. */
  public EnrichSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
    }
  }

  /** The settings of live traffic: one thread, published rules. */
  public static EnrichSettings live(Cluster cluster, Path stateFolder) {
    return live(cluster, stateFolder, 1, Replacements.NONE);
  }

  /** The settings of live traffic. */
  public static EnrichSettings live(
      Cluster cluster, Path stateFolder, int threads, Replacements replacements) {
    return new EnrichSettings(
        cluster.group(STAGE),
        cluster.topics().enriched().name(),
        threads,
        stateFolder,
        replacements,
        Limits.DEFAULT,
        Optional.empty());
  }

  /**
   * The same for a part of the topic, under another application id with a folder of its own,
   * writing to another topic.
   */
  public EnrichSettings replaying(
      String replayId, String replayOutputTopic, Path folder, Selection part) {
    return new EnrichSettings(
        replayId, replayOutputTopic, threads, folder, replacements, limits, Optional.of(part));
  }

  /**
   * Files in place of what is published or bundled.
   *
   * @param taxonomy a taxonomy file to use in place of the published one; empty for the published
   *     one, or the bundled one where none is published
   * @param entities an entity list to use in place of the published one; empty for the published
   *     one
   * @param entityModel folder of an ONNX model that recognises names in place of the bundled one
   */
  public record Replacements(
      Optional<Path> taxonomy, Optional<Path> entities, Optional<Path> entityModel) {

    /** Nothing is replaced. */
    public static final Replacements NONE =
        new Replacements(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * How much one article may take.
   *
   * @param timePerAnnotator processor time after which an annotator's part is left out
   * @param characters number of code points of a body that are read; the rest is marked as not read
   */
  public record Limits(Duration timePerAnnotator, int characters) {

    /** Two seconds, and about 30,000 words. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(2), 200_000);
  }
}
