// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

/**
 * A sentence, a headline, or a dateline.
 *
 * @param first index of its first token
 * @param end index after its last token; above {@code first}
 * @param casing how it uses capitals
 */
public record Sentence(int first, int end, Casing casing) {}
