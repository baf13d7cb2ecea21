// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashedTableTest {

  private static final int[] HASHES = {7, -1, 0, Integer.MIN_VALUE, 8};
  private static final short[] NUMBERS = {10, 11, 12, 13, 1_000};

  @Test
  void everyHashHasItsNumber() {
    HashedTable table = HashedTable.of(HASHES, NUMBERS);

    assertThat(IntStream.of(HASHES).map(table::get)).containsExactly(10, 11, 12, 13, 1_000);
    assertThat(table.get(9)).isEqualTo(HashedTable.ABSENT);
  }

  @Test
  void ranksFollowTheHashesWithoutTheirSign() {
    HashedTable table = HashedTable.of(HASHES, NUMBERS);

    assertThat(IntStream.of(0, 7, 8, Integer.MIN_VALUE, -1).map(table::rank))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(table.rank(6)).isEqualTo(HashedTable.ABSENT);
  }

  @Test
  void ofTwoNumbersForOneHashTheFirstStays() {
    HashedTable table = HashedTable.of(new int[] {5, 5}, new short[] {1, 2});

    assertThat(table.get(5)).isEqualTo(1);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void anEmptyTableHoldsNothing() {
    assertThat(HashedTable.of(new int[0], new short[0]).get(0)).isEqualTo(HashedTable.ABSENT);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    int[] hashes = new Random(1).ints(10_000).distinct().toArray();
    short[] numbers = new short[hashes.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (short) (i % 500);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HashedTable.of(hashes, numbers).write(new DataOutputStream(bytes));

    HashedTable read =
        HashedTable.read(new ModelInput(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(IntStream.of(hashes).map(read::get).toArray())
        .containsExactly(IntStream.range(0, hashes.length).map(i -> i % 500).toArray());
  }
}
