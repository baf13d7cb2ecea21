// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static final byte[] EDGES =
      HexFormat.of().parseHex("7f8090a09fbfc0c1c2dfe0e1edeeeff0f1f4f5ff2041");

  @Test
  void validIsWhatThePlatformDecodesAndIsDecodedTheSame() throws CharacterCodingException {
    Random random = new Random(1);
    int valid = 0;
    for (int round = 0; round < 300_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = EDGES[random.nextInt(EDGES.length)];
      }
      boolean isValid = isValid(bytes);
      assertThat(Utf8.isValid(bytes)).as(HexFormat.of().formatHex(bytes)).isEqualTo(isValid);
      if (isValid) {
        valid++;
        assertThat(Utf8.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    assertThat(valid).isGreaterThan(1_000);
  }

  @Test
  void longTextsAreDecodedTheSameWhereverTheirOtherCharactersAre() {
    Random random = new Random(2);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(20); piece >= 0; piece--) {
        text.append("a".repeat(random.nextInt(200)));
        text.append("\u00e9\u2019\ud83d\ude00".repeat(random.nextInt(20)));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(Utf8.decode(bytes)).isEqualTo(text.toString());
    }
  }

  private static boolean isValid(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void aCharacterIsFoundWhereverItIs() {
    byte[] text =
        "no line ends here, but é stands in it".repeat(2).getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < text.length; at++) {
      byte[] line = text.clone();
      line[at] = '\n';
      assertThat(Utf8.indexOf(line, '\n', 0, line.length)).isEqualTo(at);
      assertThat(Utf8.indexOf(line, '\n', at, line.length)).isEqualTo(at);
      assertThat(Utf8.indexOf(line, '\n', at + 1, line.length)).isEqualTo(line.length);
    }
  }
}
