// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TeletypeWireTest {

  private static final String FILLER = "\u0016\u0016";

  @Test
  void aTransmissionOfAnpa1312() {
    Parsed parsed =
        Parsed.of(
            FILLER
                + "\u0001W0001\u001f_asian\r\nr a\u0013\u0011 BC-US--Bridge-Reopens 1stLd-Writethru"
                + "   03-02 0590\r\n"
                + "\u0002^BC-US--Bridge Reopens, 1st Ld-Writethru,127<\r\n^Bridge reopens<\r\n"
                + "^AP Photo AB101<\r\n^Eds: Updates.<\r\n^By ANN POE=\r\n^Associated Press=\r\n"
                + "\tPORTSMOUTH, Maine (AP) _ ``It is open,'' the mayor said\r\nMonday.\r\n"
                + "\tSecond.\r\n"
                + "\u0003AP-WF-03-02-26 1509GMT<\r\n\f\r\n\u0004");
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/2026-03-02/W0001/BC-US--Bridge-Reopens 1stLd-Writethru
            format    anpa-1312
            published 2026-03-02T15:09:00Z
            priority  4
            signals   lead writethru
            headline  Bridge reopens
            slugline  BC-US--Bridge Reopens, 1st Ld-Writethru
            take key  1stLd-Writethru
            byline    By ANN POE, Associated Press
            dateline  PORTSMOUTH, Maine (AP)
            subject   http://cvx.iptc.org/anpa1312-category/ a
            note      AP Photo AB101
            note      Eds: Updates.
            body      PORTSMOUTH, Maine (AP) — “It is open,” the mayor said Monday. ¶ Second.
            warning   Signal 'lead' by version field: 1STLD-WRITETHRU
            warning   Signal 'writethru' by version field: 1STLD-WRITETHRU
            """);
  }

  @Test
  void aTransmissionWithoutMarkedLinesAndYear() {
    Parsed parsed =
        Parsed.of(
            FILLER
                + "\u0001f0704\u001f_wire\r\nu f BC-COCOA   12-30 0105\r\n\u0002COCOA\r\nREVIEW\r\n"
                + "    SALVADOR, Dec 30 - Rain fell\r\nall day.\r\n    Then none.\r\n\u0003\r\n\u0004");
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/2025-12-30/f0704/BC-COCOA
            format    anpa-1312
            published 2025-12-30T00:00:00Z
            priority  3
            headline  COCOA REVIEW
            slugline  BC-COCOA
            dateline  SALVADOR, Dec 30
            subject   http://cvx.iptc.org/anpa1312-category/ f
            body      SALVADOR, Dec 30 - Rain fell all day. ¶ Then none.
            """);
  }

  @Test
  void aTableKeepsItsColumns() {
    Parsed parsed =
        Parsed.of(
            "\u0001s0001\u001f_sport\r\nr s\u0014\u0012 BC-Table 03-02\r\n\u0002^BC-Table<\r\n"
                + "^EAST=\r\n\tBoston;10;2\r\n\tNew\u0010York;9;3\r\n\u0003\r\n\u0004");
    assertThat(parsed.article().getBody()).contains("\tBoston;10;2\n\tNew York;9;3");
  }

  @Test
  void aKillIsAKill() {
    Parsed parsed =
        Parsed.of(
            "\u0001W0002\u001f_x\r\nb a BC-Bridge KILL 03-02 0010\r\n\u0002^BC-Bridge,KILL<\r\n"
                + "\tKill BC-Bridge.\r\n\u0003\r\n\u0004");
    assertThat(parsed.sheets())
        .contains("status    CANCELED", "signals   kill", "reason    The transmission kills");
  }

  @Test
  void aHeadlineWithTheWordKillKillsNothing() {
    Parsed parsed =
        Parsed.of(
            "\u0001W0003\u001f_x\r\nr a BC-US-Storms 03-02 0010\r\n\u0002^BC-US-Storms,90<\r\n^STORMS KILL"
                + " TWO, ADD TO MISERY OF INSERT MAKERS<\r\n\tPORTSMOUTH (HBR) _ Two"
                + " died.\r\n\u0003\r\n\u0004");
    assertThat(parsed.article().getStatus()).isEqualTo(dev.newswire.schemas.Status.USABLE);
    assertThat(parsed.article().getSignals()).isEmpty();
  }

  @Test
  void messagesBetweenZczcAndNnnnAreArticles() {
    Parsed parsed =
        Parsed.of(
            "ZCZC HBR0012 021137\r\n\r\nBRIDGE REOPENS\r\n\r\nPORTSMOUTH (HBR) - It is\r\nopen"
                + ".\r\nNNNN\r\n\r\nZCZC\r\nhbr062 4 i 21 hbr 061\r\nFerry late"
                + " =\r\n\r\nBerlin (hbr) - Fog.\r\n021137 GMT Mar 26\r\nNNNN\r\nZCZC"
                + " HBR0013\r\nCut");
    assertThat(parsed.headlines()).containsExactly("BRIDGE REOPENS", "Ferry late");
    assertThat(parsed.articles().get(0).getBody()).isEqualTo("PORTSMOUTH (HBR) - It is open.");
    assertThat(parsed.articles().get(1).getItemId()).isEqualTo("2026-03-02/hbr062");
    assertThat(parsed.reasons()).containsExactly("The message is truncated: it has no end (NNNN).");
  }

  @Test
  void ofATruncatedStreamNothingIsLostUnseen() {
    String whole =
        "\u0001f000%d\u001f_wire\r\nu f BC-WHOLE-%1$d 03-02 0105\r\n\u0002WHOLE\r\n\u0003\r\n\u0004";
    Parsed parsed =
        Parsed.of(
            whole.formatted(1)
                + "\u0001f0002\u001f_wire\r\nu f BC-CUT 03-02 0105\r\n\u0002CUT\r\n    Half of it"
                + whole.formatted(3)
                + "\u0001f0004\u001f_wire\r\nu f BC-NO-TEXT 03-02 0105\r\n\u0004"
                + "line noise\u0001f0005\u001f_wire\r\nu f BC-BAD-DAY 02-31 0105\r\n\u0002A\u0003\u0004"
                + "\u0001f0006 no separator\r\n\u0002A\u0003\u0004"
                + whole.formatted(7)
                + "\u0001f0008\u001f_wi");
    assertThat(parsed.articles())
        .extracting(article -> article.getSlugline())
        .containsExactly("BC-WHOLE-1", "BC-WHOLE-3", "BC-WHOLE-7");
    assertThat(parsed.reasons())
        .containsExactly(
            "The transmission is truncated: it has no end (EOT).",
            "The transmission is truncated: its text has no start or no end.",
            "These bytes are outside of any transmission.",
            "The header's date 02-31 is no day.",
            "The header begins with no service letter and story number, such as W2870.",
            "The transmission is truncated: it has no end (EOT).");
    assertThat(parsed.rejects.get(0).bytes()).asString().endsWith("Half of it");
  }

  @Test
  void aTransmissionOfIptc7901() {
    Parsed parsed =
        Parsed.of(
            FILLER
                + "\u007f\u0001hbr062 4 i 211 ccccb   hbr 061\r\n\nGermany-politics/\r\n"
                + "\u0002REFILE\r\n1ST LEAD\r\nBridge reopens after\r\nlong repair\r\nBy Ann Poe =\r\n\n"
                + "   Berlin (hbr) - The bridge is\r\nopen.\r\n\n   Second.\r\n\n"
                + "# hbr NOTEBOOK\r\n\n## Contacts\r\n- Jo Roe\r\n\r\n"
                + "\u0003021137 GMT M\u00e4r 26\r\n\u007f\r\n\u007f\u0004");
    assertThat(parsed.sheets())
        .isEqualTo(
            """
            id        wire/2026-03-02/hbr062
            format    iptc-7901
            created   2026-03-02T11:37:00Z
            published 2026-03-02T11:37:00Z
            priority  4
            signals   refile lead
            headline  Bridge reopens after long repair
            slugline  Germany-politics/
            take key  REFILE, 1ST LEAD
            byline    By Ann Poe
            dateline  Berlin (hbr)
            subject   iptc7901 i
            note      # hbr NOTEBOOK ¶ ## Contacts / - Jo Roe
            body      Berlin (hbr) - The bridge is open. ¶ Second.
            warning   Signal 'refile' by take: REFILE
            warning   Signal 'lead' by take: 1ST LEAD
            """);
  }
}
