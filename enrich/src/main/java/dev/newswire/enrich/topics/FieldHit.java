// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

/**
 * Where a query matched: UTF-16 offsets in a field as Lucene sees it.
 *
 * @param field the field of the query
 * @param start of the first character
 * @param end after the last
 */
record FieldHit(String field, int start, int end) {}
