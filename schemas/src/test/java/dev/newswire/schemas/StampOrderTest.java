// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StampOrderTest {

  @Test
  void theEnricherOutranksTheTaxonomyAndThatTheEntitiesAndThatTheFailures() {
    List<EnrichmentStamp> oldestFirst =
        List.of(
            stamp(1, 1, 1, "late"),
            stamp(1, 1, 1),
            stamp(1, 1, 2, "late"),
            stamp(1, 2, 0),
            stamp(2, 0, 0, "late"),
            stamp(2, 0, 0));
    for (int i = 0; i < oldestFirst.size(); i++) {
      for (int k = 0; k < oldestFirst.size(); k++) {
        assertThat(Integer.signum(StampOrder.compare(oldestFirst.get(i), oldestFirst.get(k))))
            .isEqualTo(Integer.signum(Integer.compare(i, k)));
      }
    }
  }

  @Test
  void anotherModelOfTheUsersChoiceMayReplaceAnEqualStamp() {
    EnrichmentStamp other = stamp(1, 1, 1);
    other.setModel("another");
    assertThat(StampOrder.compare(other, stamp(1, 1, 1))).isZero();
  }

  private static EnrichmentStamp stamp(
      int enricher, long taxonomy, long entityList, String... failures) {
    return new EnrichmentStamp(
        enricher,
        taxonomy,
        entityList,
        "crf",
        List.of(failures).stream()
            .map(reason -> new AnnotatorFailure("entities", reason))
            .toList());
  }
}
