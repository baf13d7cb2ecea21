// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void eachPauseIsTwiceTheOneBeforeUpToTheLongest() {
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void afterASuccessTheFirstPauseIsTheNext() {
    backoff.pause();
    backoff.pause();
    backoff.reset();
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aPauseOfNothingWouldSpin() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
