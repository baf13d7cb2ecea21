// SPDX-License-Identifier: Apache-2.0
/**
 * From newswire.enriched to a store, and reading the store back. The store holds the newest state
 * of every article and the offsets of the consumer group that fills it, and changes both in one
 * transaction; so nothing is lost or applied twice, whatever dies when.
 */
package dev.newswire.sink;
