// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Binds the prefixes that a document uses and does not declare, as fragments do that were cut out
 * of a larger one. Whatever they meant, their local names tell.
 */
final class UnboundPrefixes {

  private static final Pattern UNBOUND =
      Pattern.compile("(?i)(?:undeclared|unbound) (?:namespace )?prefix ['\"]([\\w.-]{1,40})['\"]");
  private static final Pattern ROOT = Pattern.compile("<[\\p{L}_][\\w.:-]{0,100}");
  private static final int MOST = 20;

  private UnboundPrefixes() {}

  /**
   * The document with the prefix bound that a fault names.
   *
   * @param start where the document begins behind its declaration
   * @return empty where the fault is another one, or too many prefixes were bound already
   */
  static Optional<String> bind(String document, int start, String fault) {
    Matcher unbound = UNBOUND.matcher(fault);
    Matcher root = ROOT.matcher(document);
    if (!unbound.find() || !root.find(start)) {
      return Optional.empty();
    }
    String declaration = " xmlns:" + unbound.group(1) + "=\"urn:unbound:" + unbound.group(1) + "\"";
    int end = document.indexOf('>', root.end());
    String tag = end < 0 ? "" : document.substring(root.end(), end);
    boolean isBound = tag.contains(declaration.strip());
    boolean isTooMany = tag.split("urn:unbound:", -1).length > MOST;
    return isBound || isTooMany
        ? Optional.empty()
        : Optional.of(
            document.substring(0, root.end()) + declaration + document.substring(root.end()));
  }
}
