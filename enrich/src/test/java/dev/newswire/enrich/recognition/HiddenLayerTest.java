// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenLayerTest {

  private static final int UNITS = 2;

  private final float[] words = new float[HiddenLayer.sizes(UNITS)[0]];
  private final float[] marks = new float[HiddenLayer.sizes(UNITS)[1]];
  private final float[] labels = new float[HiddenLayer.sizes(UNITS)[2]];
  private final HiddenLayer layer = new HiddenLayer(UNITS, words, marks, labels);

  @Test
  void aUnitAddsUpItsInputsInTheirRoles() {
    weigh(Role.OWN, 3, 0, 2);
    weigh(Role.LEFT, 3, 0, 10);
    marks[5 * UNITS] = 0.5f;
    Surroundings surroundings = new Surroundings();
    surroundings.put(Role.OWN, new float[] {0, 0, 0, 4});
    surroundings.add(5);
    float[] sums = new float[2 * UNITS];

    layer.add(surroundings, sums, UNITS);

    assertThat(sums).containsExactly(0, 0, 8.5f, 0);
  }

  @Test
  void aUnitBelowZeroSaysNothing() {
    labels[2] = 3;
    labels[Labels.COUNT + 2] = 7;

    float[] scores = layer.scores(new float[] {2, -1, -1, 1}, 2);

    assertThat(scores[2 * 2]).isEqualTo(6);
    assertThat(scores[2 * 2 + 1]).isEqualTo(7);
    assertThat(scores[0]).isZero();
  }

  @Test
  void theMeanOfLayersSaysTheMeanOfWhatTheySay() {
    weigh(Role.OWN, 0, 0, 1);
    weigh(Role.OWN, 0, 1, 2);
    labels[4] = 3;
    labels[Labels.COUNT + 4] = 5;
    Surroundings surroundings = new Surroundings();
    surroundings.put(Role.OWN, new float[] {1});
    float[] other = new float[HiddenLayer.sizes(1)[0]];
    HiddenLayer silent =
        new HiddenLayer(
            1, other, new float[HiddenLayer.sizes(1)[1]], new float[HiddenLayer.sizes(1)[2]]);

    HiddenLayer mean = HiddenLayer.mean(List.of(layer, silent));
    float[] sums = new float[mean.units()];
    mean.add(surroundings, sums, 0);

    assertThat(sums).containsExactly(1, 2, 0);
    assertThat(mean.scores(sums, 1)[4]).isEqualTo((1 * 3 + 2 * 5) / 2f);
  }

  private void weigh(Role role, int input, int unit, float weight) {
    words[(role.number() * Word.INPUTS + input) * UNITS + unit] = weight;
  }
}
