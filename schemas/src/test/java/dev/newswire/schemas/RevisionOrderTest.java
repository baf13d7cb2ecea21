// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionOrderTest {

  /** Each revision as "status created version receivedAt content", "-" where there is none. */
  @ParameterizedTest(name = "{2} ({0} against {1})")
  @CsvSource({
    // a; b; how a stands to b
    "USABLE 10 - 10 x, USABLE 20 - 5 x, older: created earlier though received later",
    "USABLE 20 1 5 x, USABLE 10 2 9 x, newer: the moment outranks the number",
    "USABLE 10 978556838 1 x, USABLE 20 536317572 2 y, older: numbers that look random",
    "USABLE 10 1 1 x, USABLE 10 2 1 x, older: same moment and a higher number",
    "USABLE - 1 9 x, USABLE - 2 1 x, older: no moments so the number decides",
    "USABLE 10 1 9 x, USABLE - 2 1 x, older: one moment only so the number decides",
    "USABLE - a 1 x, USABLE - b 2 x, older: opaque versions differ so receipt decides",
    "USABLE - 1 1 x, USABLE - b 2 x, older: one number only so receipt decides",
    "USABLE - - 1 x, USABLE - - 2 y, older: nothing but contents that differ",
    "USABLE - - 1 x, USABLE - - 2 x, older: the same content sent again later",
    "USABLE 10 3 2 x, USABLE 10 3 2 x, same: the very same delivery replayed",
    "USABLE 10 3 1 x, USABLE 10 3 2 y, older: same version and another content",
    "CANCELED 10 1 1 x, USABLE 10 2 2 y, newer: a kill is sticky",
    "CANCELED 10 1 1 x, USABLE 11 1 1 y, older: made usable again later",
    "CANCELED 10 1 1 x, USABLE 9 1 1 y, newer: the kill came after",
    "CANCELED - 1 1 x, USABLE - 2 2 y, newer: no moment can tell that it was made usable later",
    "CANCELED 10 1 1 x, USABLE - 2 2 y, newer: a usable one without a moment can't undo a kill",
    "CANCELED - 1 1 x, WITHHELD - 2 2 y, newer: nor can a withheld one",
    "CANCELED 10 1 1 x, CANCELED 20 1 2 x, older: two kills are ordered as any",
    "WITHHELD 10 1 1 x, USABLE 20 1 2 x, older: a withheld item comes back",
    "USABLE 10 1 1 x, WITHHELD 20 1 2 x, older: an item is held back"
  })
  void ofTwoRevisions(String a, String b, String expected) {
    int sign =
        switch (expected.substring(0, expected.indexOf(':'))) {
          case "older" -> -1;
          case "newer" -> 1;
          case "same" -> 0;
          default -> throw new IllegalArgumentException(expected);
        };
    assertThat(Integer.signum(RevisionOrder.compare(revision(a), revision(b)))).isEqualTo(sign);
    assertThat(Integer.signum(RevisionOrder.compare(revision(b), revision(a)))).isEqualTo(-sign);
  }

  @ParameterizedTest(name = "{2} ({0} against {1})")
  @CsvSource({
    "USABLE 10 3 1 x, USABLE 10 3 2 x, true: the same version and content received later",
    "USABLE - - 1 x, USABLE - - 2 x, true: no version and the same content",
    "USABLE 10 3 1 x, USABLE 10 3 2 y, false: another content",
    "USABLE 10 3 1 x, USABLE 10 4 2 x, false: another version",
    "USABLE 10 3 1 x, USABLE 11 3 2 x, false: created at another moment"
  })
  void isARepeat(String a, String b, String expected) {
    assertThat(RevisionOrder.isRepeat(revision(a).getRevision(), revision(b).getRevision()))
        .isEqualTo(expected.startsWith("true"));
  }

  @Test
  void theNewestOfManyDoesNotDependOnTheOrderOfArrival() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      boolean withMoments = random.nextBoolean();
      List<Article> revisions = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        revisions.add(
            revision(
                (random.nextInt(4) == 0 ? "CANCELED" : "USABLE")
                    + (withMoments ? " " + random.nextInt(5) : " -")
                    + " "
                    + random.nextInt(4)
                    + " "
                    + random.nextInt(100)
                    + " "
                    + random.nextInt(3)));
      }
      Article newest = newest(revisions);
      for (int i = 0; i < 20; i++) {
        Collections.shuffle(revisions, random);
        assertThat(RevisionOrder.compare(newest(revisions), newest)).as("%s", revisions).isZero();
      }
    }
  }

  private static Article newest(List<Article> revisions) {
    Article newest = revisions.get(0);
    for (Article revision : revisions) {
      newest = RevisionOrder.compare(revision, newest) > 0 ? revision : newest;
    }
    return newest;
  }

  private static Article revision(String text) {
    String[] part = text.trim().split(" ", -1);
    String version = part[2].equals("-") ? null : part[2];
    boolean numeric = version != null && version.chars().allMatch(Character::isDigit);
    return Samples.article()
        .setStatus(Status.valueOf(part[0]))
        .setRevision(
            Revision.newBuilder()
                .setVersionCreated(part[1].equals("-") ? null : second(part[1]))
                .setVersion(version)
                .setVersionNumber(numeric ? Long.valueOf(version) : null)
                .setReceivedAt(second(part[3]))
                .setContentHash(part[4])
                .build())
        .build();
  }

  private static Instant second(String number) {
    return Instant.ofEpochSecond(Long.parseLong(number));
  }
}
