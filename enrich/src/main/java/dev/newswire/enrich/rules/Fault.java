// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.rules;

/**
 * Something in a document of rules that can't be used.
 *
 * @param where the entry's name, or its place in the document where it has none
 * @param line the line of the document on which it stands, from 1 on; 0 where it is not known
 * @param reason what is wrong, in one sentence
 */
public record Fault(String where, int line, String reason) {

  @Override
  public String toString() {
    return where + (line == 0 ? "" : " (line " + line + ")") + ": " + reason;
  }
}
