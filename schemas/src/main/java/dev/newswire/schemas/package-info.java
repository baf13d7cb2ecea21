// SPDX-License-Identifier: Apache-2.0
/**
 * The contract between the stages: the Avro records (generated from {@code src/main/avro}), the
 * topics with their serdes, article ids, which of two revisions is newer, and dead letters.
 *
 * <p>Nothing here parses, enriches or stores; what every stage needs to run is in {@code
 * dev.newswire.runtime}.
 */
package dev.newswire.schemas;
