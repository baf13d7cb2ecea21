// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

/**
 * An item, or a whole delivery, that could not be read. It costs none of its neighbours.
 *
 * @param bytes the item as it was; of one over the cap, its beginning
 * @param mediaType media type of the bytes
 * @param reason why, in one sentence that a person can act on
 */
public record Reject(byte[] bytes, String mediaType, String reason) {}
