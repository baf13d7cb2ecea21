// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.SafeWriter;
import dev.newswire.operations.Csv;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What outside text does to what a command prints. */
class SafeWriterTest {

  @Test
  void nothingSteersTheTerminalOrTurnsALine() {
    assertThat(printed("a\u001b]0;title\u0007b\u009b2Jc\u202ed\u2066e\u200ff\u2028g"))
        .isEqualTo("a]0;titleb2Jcdefg");
    assertThat(printed("\u001b[8mhidden\u001b[5;1H")).isEqualTo("[8mhidden[5;1H");
  }

  @Test
  void ourOwnColoursAndLettersOfAllScriptsStay() {
    String own =
        "\u001b[1;33mКиїв\u001b[0m\t東京\r\u001b[K\u001b[H\u001b[2J\r\n نیم\u200cفاصله 👩\u200d🚀";
    assertThat(printed(own)).isEqualTo(own);
  }

  @Test
  void noPasswordOfAnAddressIsShown() {
    assertThat(printed("feed https://desk:hunter2@example.org/a?b=c@d fails"))
        .isEqualTo("feed https://***@example.org/a?b=c@d fails");
    assertThat(printed("https://example.org:8443/@desk, mail desk@example.org"))
        .isEqualTo("https://example.org:8443/@desk, mail desk@example.org");
  }

  @Test
  void jsonKeepsWhatTurnsALineAsAnEscape() {
    StringWriter out = new StringWriter();
    JsonLines.print(
        new PrintWriter(new SafeWriter(out), true),
        generator -> generator.writeStringField("id", "a\u202eb\u001b"));
    assertThat(out.toString()).startsWith("{\"id\":\"a\\u202eb\\u001B\"}");
  }

  @Test
  void whatASpreadsheetWouldRunIsShownInstead() {
    StringWriter out = new StringWriter();
    Csv.print(
        new PrintWriter(out),
        List.of(
            "=HYPERLINK(\"http://x\")", " +1", "-2+3", "@SUM(A1)", "＝1", "\tx", "a=b", "3", ""));
    assertThat(out.toString())
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\")\",' +1,'-2+3,'@SUM(A1),'＝1,'\tx,a=b,3,\r\n");
  }

  private static String printed(String text) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(new SafeWriter(out));
    writer.print(text);
    writer.flush();
    return out.toString();
  }
}
