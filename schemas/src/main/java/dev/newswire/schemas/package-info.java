// SPDX-License-Identifier: Apache-2.0
/**
 * The contract between the stages: the Avro records (generated from {@code src/main/avro}), the
 * topics with their serdes, article ids, which of two revisions is newer, dead letters, and what
 * every stage of the pipeline looks like to those who run it.
 *
 * <p>What two stages share is here, or is not shared. Nothing here parses, enriches or stores.
 */
package dev.newswire.schemas;
