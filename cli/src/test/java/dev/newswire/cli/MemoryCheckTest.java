// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.runtime.UserError;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {

  private static final long MIB = 1 << 20;

  @Test
  void aCommandThatNeedsMoreIsRefusedInOneLine() {
    assertThatThrownBy(() -> MemoryCheck.require("run", 128 * MIB))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("too little memory: the heap may grow to 128 MiB, and .*-Xmx.*")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatIsEnoughForASmallCommandIsEnough() {
    assertThatCode(() -> MemoryCheck.require("search", 64 * MIB)).doesNotThrowAnyException();
  }
}
