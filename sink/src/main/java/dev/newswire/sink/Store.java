// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Outage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * A database that holds the newest state of every article, and the offsets of the consumer groups
 * that fill it. Not thread-safe; several may be open on one database, in as many processes.
 *
 * <p>After an {@link Outage} a store is only good for closing: open another.
 */
interface Store extends AutoCloseable {

  /**
   * A log: all that was ever written to a topic until it is deleted.
   *
   * @param topicId Kafka's id of the topic, which no other topic of any cluster has
   * @param begin whether a store that was filled from another log reads this one from its beginning
   */
  record Log(String topicId, boolean begin) {}

  /**
   * Makes these partitions this store's to write, and takes them from whichever claimed them
   * before: that one is fenced from now on.
   *
   * @param log the log that the partitions are of
   * @throws OtherLog where the store was filled from another, and is not to begin anew; nothing was
   *     changed
   * @return where to go on reading each of them; empty where nothing of it was stored yet
   * @throws Outage where the database can't be written now
   */
  Map<TopicPartition, OptionalLong> claim(
      String group, Log log, Collection<TopicPartition> partitions);

  /**
   * Merges articles into their rows, replaces the rows of assignments and stories, and moves the
   * group's offsets on, in one transaction.
   *
   * @param offsets the next offset of every partition that the records came from
   * @return what became of each article, in their order
   * @throws BadRecord where the database refuses a record's values; nothing was changed
   * @throws Fenced where another has claimed one of the partitions since; nothing was changed
   * @throws Outage where the database can't be written now; nothing was changed, or all was and the
   *     answer was lost: {@link #claim} tells
   */
  List<Outcome> write(Batch batch, String group, Map<TopicPartition, Long> offsets);

  /** Lets go of the database; an error in doing so changes nothing and is not reported. */
  @Override
  void close();
}
