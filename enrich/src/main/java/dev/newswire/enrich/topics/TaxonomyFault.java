// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.topics;

/**
 * Something in a taxonomy that can't be used.
 *
 * @param where the topic's id, or its place in the document where it has none
 * @param reason what is wrong, in one sentence
 */
public record TaxonomyFault(String where, String reason) {

  @Override
  public String toString() {
    return where + ": " + reason;
  }
}
