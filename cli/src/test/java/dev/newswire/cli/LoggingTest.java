// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

final class LoggingTest {

  private final LoggerContext context = new LoggerContext();

  @Test
  void whatAServerSaysNeitherForgesALineNorSteersATerminal() {
    String line =
        line("feed {}: {}", "a\u0000\u0007", "\u001b[31mred\r\n2026 ERROR\u009b1m\u2028end");
    assertThat(line).endsWith("feed a??: ?[31mred??2026 ERROR?1m?end" + System.lineSeparator());
    assertThat(line.strip().lines()).hasSize(1);
  }

  @Test
  void noPasswordOfAnAddressIsLogged() {
    assertThat(line("feed {} fails", "https://desk:hunter2@example.org/a"))
        .endsWith("feed https://***@example.org/a fails" + System.lineSeparator());
  }

  @Test
  void lettersOfAllScriptsAndTabsAndListsOfSettingsStay() {
    assertThat(line("Київ {'x'} $1 \\ \t東京 values:\n\tacks = 1"))
        .endsWith("Київ {'x'} $1 \\ \t東京 values:\n\tacks = 1" + System.lineSeparator());
  }

  private String line(String message, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            LoggingTest.class.getName(),
            context.getLogger("dev.newswire"),
            Level.WARN,
            message,
            null,
            arguments);
    return new String(Logging.lines(context).encode(event), UTF_8);
  }
}
