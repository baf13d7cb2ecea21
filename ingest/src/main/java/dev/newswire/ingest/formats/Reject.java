// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.Arrays;

/**
 * An item, or a whole delivery, that could not be read. It costs none of its neighbours.
 *
 * @param bytes the item as it was; of one over the cap, its beginning
 * @param mediaType media type of the bytes
 * @param reason why, in one sentence that a person can act on
 */
public record Reject(byte[] bytes, String mediaType, String reason) {

  /** The reject of something that is over a cap of so many bytes; its beginning is kept. */
  static Reject tooLarge(byte[] bytes, String mediaType, String what, int cap, Limits limits) {
    return new Reject(
        Arrays.copyOf(bytes, Math.min(bytes.length, limits.item())),
        mediaType,
        "The %s is larger than %d bytes.".formatted(what, cap));
  }
}
