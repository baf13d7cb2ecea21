// SPDX-License-Identifier: Apache-2.0
package dev.newswire.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a published list of rules differs from the one before.
 *
 * @param added names that the one before did not have
 * @param removed names that only the one before has
 * @param changed names of which anything is other than before
 */
public record RuleChanges(List<String> added, List<String> removed, List<String> changed) {

  /** Compares two lists by the names of what is in them. */
  public static <R> RuleChanges between(List<R> before, List<R> after, Function<R, String> name) {
    Map<String, R> old = new LinkedHashMap<>();
    before.forEach(rule -> old.put(name.apply(rule), rule));
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (R rule : after) {
      R same = old.remove(name.apply(rule));
      if (same == null) {
        added.add(name.apply(rule));
      } else if (!same.equals(rule)) {
        changed.add(name.apply(rule));
      }
    }
    return new RuleChanges(List.copyOf(added), List.copyOf(old.keySet()), List.copyOf(changed));
  }
}
