// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.lang.reflect.Method;
import org.apache.avro.SystemLimitException;

/**
 * How much an Avro record may claim to hold. Avro makes room for what a record says before it reads
 * it, and by its own limits believes any number; so 300 bytes could take all memory. Whoever
 * decodes calls {@link #apply()} before.
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
    if (set(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, ITEMS) && !areInUse()) {
      readAgain();
    }
  }

  /** Whether it was this that set it. */
  private static boolean set(String property, int limit) {
    boolean isFree = System.getProperty(property) == null;
    if (isFree) {
      System.setProperty(property, Integer.toString(limit));
    }
    return isFree;
  }

  private static boolean areInUse() {
    try {
      SystemLimitException.checkMaxCollectionLength(0, ITEMS + 1L);
      return false;
    } catch (SystemLimitException e) {
      return true;
    }
  }

  /**
   * Avro reads its limits once, when it decodes for the first time. That may be the default of a
   * field, long before the first record.
   */
  private static void readAgain() {
    try {
      Method reset = SystemLimitException.class.getDeclaredMethod("resetLimits");
      reset.setAccessible(true);
      reset.invoke(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "Avro has its own limits in use, by which a small record can take all memory: start Java"
              + " with -D"
              + SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY
              + "="
              + ITEMS,
          e);
    }
  }
}
