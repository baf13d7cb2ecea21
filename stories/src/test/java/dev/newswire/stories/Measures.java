// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well predicted groups agree with those of an annotator. */
record Measures(double precision, double recall, double bCubedPrecision, double bCubedRecall) {

  double f1() {
    return harmonic(precision, recall);
  }

  double bCubed() {
    return harmonic(bCubedPrecision, bCubedRecall);
  }

  private static double harmonic(double a, double b) {
    return a + b == 0 ? 0 : 2 * a * b / (a + b);
  }

  /**
   * Compares two groupings of the same things.
   *
   * @param ids the things
   * @param unscored pairs that are neither right nor wrong, as {@code id tab id} both ways round
   */
  static Measures of(
      List<String> ids, List<String> gold, List<String> predicted, Set<String> unscored) {
    Map<String, Integer> golds = count(gold);
    Map<String, Integer> predictions = count(predicted);
    Map<String, Integer> both = new HashMap<>();
    for (int i = 0; i < gold.size(); i++) {
      both.merge(gold.get(i) + "\t" + predicted.get(i), 1, Integer::sum);
    }
    double right = pairs(both);
    double given = pairs(predictions) - excused(ids, gold, predicted, unscored);
    double wanted = pairs(golds);
    double bPrecision = 0;
    double bRecall = 0;
    for (Map.Entry<String, Integer> entry : both.entrySet()) {
      String[] names = entry.getKey().split("\t", 2);
      double square = (double) entry.getValue() * entry.getValue();
      bPrecision += square / predictions.get(names[1]);
      bRecall += square / golds.get(names[0]);
    }
    return new Measures(
        given == 0 ? 1 : right / given,
        wanted == 0 ? 1 : right / wanted,
        bPrecision / gold.size(),
        bRecall / gold.size());
  }

  private static int excused(
      List<String> ids, List<String> gold, List<String> predicted, Set<String> unscored) {
    if (unscored.isEmpty()) {
      return 0;
    }
    int excused = 0;
    for (int i = 0; i < ids.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (predicted.get(i).equals(predicted.get(j))
            && !gold.get(i).equals(gold.get(j))
            && unscored.contains(ids.get(i) + "\t" + ids.get(j))) {
          excused++;
        }
      }
    }
    return excused;
  }

  private static Map<String, Integer> count(List<String> names) {
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> counts.merge(name, 1, Integer::sum));
    return counts;
  }

  private static double pairs(Map<String, Integer> counts) {
    return counts.values().stream().mapToDouble(n -> n * (n - 1) / 2.0).sum();
  }
}
