// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import org.apache.avro.SystemLimitException;

/**
 * How much an Avro record may claim to hold. Avro makes room for what a record says before it reads
 * it, and by its own limits believes any number; so 300 bytes could take all memory. Avro reads its
 * limits once, when it decodes for the first time; whoever decodes calls {@link #apply()} before.
 */
public final class DecodingLimits {

  /** Most bytes of a text or of plain bytes: no record is longer. */
  private static final int BYTES = TopicSpec.MAXIMUM_RECORD_BYTES;

  /**
   * Most items of an array or a map. Room for so many is 4 MiB; no list of ours comes near it, and
   * of items of sixteen bytes no more fit into a record.
   */
  private static final int ITEMS = TopicSpec.MAXIMUM_RECORD_BYTES / 16;

  private DecodingLimits() {}

  /** Sets the limits, but for those that are set already, as by {@code -D}. Again is harmless. */
  public static void apply() {
    set(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, BYTES);
    set(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, BYTES);
    set(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, ITEMS);
  }

  private static void set(String property, int limit) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(limit));
    }
  }
}
