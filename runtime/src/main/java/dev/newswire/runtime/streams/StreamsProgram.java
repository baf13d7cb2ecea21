// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime.streams;

import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.Topology;

/** A Kafka Streams application, as a {@link StreamsWork} runs it. */
public interface StreamsProgram extends AutoCloseable {

  /** Full names of the topics that must exist before it starts. */
  List<String> topics();

  /** The topology; asked for at every start, for one can't be used twice. */
  Topology topology();

  /** Kafka Streams' configuration; asked for at every start. */
  Properties properties();

  /** Lets go of what it holds, once its stage has ended. */
  @Override
  void close();
}
