// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InHandTest {

  @TempDir Path folder;

  /** Takes an input in hand and dies of it, as by a kill. */
  public static final class Dying {

    private Dying() {}

    public static void main(String[] arguments) {
      InHand.in(Path.of(arguments[0]), "ingest")
          .hold(
              arguments[1],
              () -> {
                Runtime.getRuntime().halt(9);
                return null;
              });
    }
  }

  private void dieOf(String input) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Dying.class.getName(),
                folder.toString(),
                input)
            .inheritIO()
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(9);
  }

  private boolean isSetAside(String input) {
    try (InHand inHand = InHand.in(folder, "ingest")) {
      return inHand.isSetAside(input);
    }
  }

  @Test
  void anInputThatHasEndedTheProcessTwiceIsSetAsideForGood() throws Exception {
    dieOf("poison");
    assertThat(isSetAside("poison")).isFalse();
    dieOf("poison");
    assertThat(isSetAside("poison")).isTrue();
    assertThat(isSetAside("poison")).isTrue();
    assertThat(isSetAside("another")).isFalse();
  }

  @Test
  void anInputThatWasInHandByChanceIsForgivenOnceItComesThrough() throws Exception {
    dieOf("innocent");
    try (InHand inHand = InHand.in(folder, "ingest")) {
      assertThat(inHand.hold("innocent", () -> "published")).isEqualTo("published");
    }
    dieOf("innocent");
    assertThat(isSetAside("innocent")).isFalse();
  }

  @Test
  void anExceptionIsNoEndOfTheProcess() {
    for (int time = 0; time < 3; time++) {
      try (InHand inHand = InHand.in(folder, "ingest")) {
        assertThatThrownBy(
                () ->
                    inHand.hold(
                        "faulty",
                        () -> {
                          throw new StackOverflowError();
                        }))
            .isInstanceOf(StackOverflowError.class);
      }
    }
    assertThat(isSetAside("faulty")).isFalse();
  }

  @Test
  void twoAtWorkInOneFolderDoNotTakeEachOthersInputsForLeftovers() {
    try (InHand one = InHand.in(folder, "ingest")) {
      one.hold(
          "long work",
          () -> {
            for (int time = 0; time < 3; time++) {
              try (InHand two = InHand.in(folder, "ingest")) {
                assertThat(two.isSetAside("long work")).isFalse();
              }
            }
            return "done";
          });
    }
    assertThat(isSetAside("long work")).isFalse();
  }

  @Test
  void whereNothingCanBeMarkedTheWorkIsDoneAllTheSame() throws IOException {
    Path file = Files.writeString(folder.resolve("a file"), "");
    try (InHand inHand = InHand.in(file, "ingest")) {
      assertThat(inHand.hold("input", () -> "done")).isEqualTo("done");
    }
    assertThat(InHand.unmarked().isSetAside("input")).isFalse();
  }
}
