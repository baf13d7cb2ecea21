// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

/**
 * The store was filled from another log: a topic of the same name on another cluster, or one that
 * was deleted since. Its offsets say nothing about this one.
 */
final class OtherLog extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OtherLog(String topic, String stored, String found) {
    super(
        "the store was filled from another topic named "
            + topic
            + " (its id is "
            + stored
            + ", the id of this one is "
            + found
            + ")");
  }
}
