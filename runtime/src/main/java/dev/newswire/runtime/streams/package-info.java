// SPDX-License-Identifier: Apache-2.0
/**
 * What a stage needs that is a Kafka Streams application: its settings, the thread that looks after
 * it, and what becomes of records that can't be read, processed or written.
 */
package dev.newswire.runtime.streams;
