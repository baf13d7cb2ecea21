// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import org.apache.kafka.common.TopicPartition;

/** Another instance has claimed a partition; this one may not write it. Nothing was changed. */
final class Fenced extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Fenced(TopicPartition partition) {
    super("another instance has claimed " + partition);
  }
}
