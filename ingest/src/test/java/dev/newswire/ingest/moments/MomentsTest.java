// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-04                               | 2026-03-04T00:00:00Z
          令和6年6月10日                            | 2024-06-10T00:00:00Z
          民國113年6月10日                          | 2024-06-10T00:00:00Z
          ngày 10 tháng 6 năm 2024 17:15           | 2024-06-10T17:15:00Z
          2026-03                                  | 2026-03-01T00:00:00Z
          20260304                                 | 2026-03-04T00:00:00Z
          2026-03-04T15Z                           | 2026-03-04T15:00:00Z
          2026-03-04T15:20Z                        | 2026-03-04T15:20:00Z
          2026-03-04T15:20:30.25Z                  | 2026-03-04T15:20:30.250Z
          2026-03-04T15:20:30,250+01               | 2026-03-04T14:20:30.250Z
          2026-03-04T24:00:00Z                     | 2026-03-05T00:00:00Z
          2026-03-04 15:20:30 +0530                | 2026-03-04T09:50:30Z
          2026-03-04 15:20:30 UTC                  | 2026-03-04T15:20:30Z
          20260304T152030Z                         | 2026-03-04T15:20:30Z
          20260304T152030-0500                     | 2026-03-04T20:20:30Z
          20260304T1520+0100                       | 2026-03-04T14:20:00Z
          20260304152030Z                          | 2026-03-04T15:20:30Z
          2026-063                                 | 2026-03-04T00:00:00Z
          2026/03/04 15:20:30 GMT                  | 2026-03-04T15:20:30Z
          2026/3/4 3:20 PM EST                     | 2026-03-04T20:20:00Z
          2026.03.04 15:20 Z                       | 2026-03-04T15:20:00Z
          2026-03-04T15:20:30+00:00Z               | 2026-03-04T15:20:30Z
          Wed, 04 Mar 2026 15:20:30 GMT            | 2026-03-04T15:20:30Z
          Wed, 04 Mar 2026 15:20:30 +0100          | 2026-03-04T14:20:30Z
          4 Mar 26 15:20 GMT                       | 2026-03-04T15:20:00Z
          Wed, 04-Mar-26 15:20:30 GMT              | 2026-03-04T15:20:30Z
          Wednesday, 4 March 2026 15:20:30 EST     | 2026-03-04T20:20:30Z
          Wed Mar 4 15:20:30 2026 GMT              | 2026-03-04T15:20:30Z
          Wed Mar 4 15:20:30 GMT 2026              | 2026-03-04T15:20:30Z
          Wed Mar 04 15:20:30 +0100 2026           | 2026-03-04T14:20:30Z
          Wed Mar 04 2026 15:20:30 GMT-0500 (Eastern Standard Time) | 2026-03-04T20:20:30Z
          March 4, 2026 3:20 PM GMT                | 2026-03-04T15:20:00Z
          March 4th, 2026 at 3:20pm UTC            | 2026-03-04T15:20:00Z
          Mar. 4, 2026, 12:20 a.m. UTC             | 2026-03-04T00:20:00Z
          4 Mar 2026 12:20 p.m. UTC                | 2026-03-04T12:20:00Z
          Mar  4 2026  3:20PM UTC                  | 2026-03-04T15:20:00Z
          Mar  4 2026 03:20:30:123PM UTC           | 2026-03-04T15:20:30.123Z
          Wed, 4 Mar 2026 - 15:20 UTC              | 2026-03-04T15:20:00Z
          4 March 2026 3 PM UTC                    | 2026-03-04T15:00:00Z
          4 Mar 2026 1520 GMT                      | 2026-03-04T15:20:00Z
          04/13/2026 15:20 UTC                     | 2026-04-13T15:20:00Z
          13/04/2026 15:20 UTC                     | 2026-04-13T15:20:00Z
          13.04.2026 15:20 UTC                     | 2026-04-13T15:20:00Z
          03.04.2026 15.20 UTC                     | 2026-04-03T15:20:00Z
          Fri, 03/04/2026 - 15:20 UTC              | 2026-04-03T15:20:00Z
          4 Mar 2026 15:20 UTC+2                   | 2026-03-04T13:20:00Z
          4 Mar 2026 15:20 GMT-04:00               | 2026-03-04T19:20:00Z
          4 Mar 2026 15:20 GMT+5:30                | 2026-03-04T09:50:00Z
          4 Mar 2026 15:20 Asia/Tokyo              | 2026-03-04T06:20:00Z
          4 Jul 2026 15:20 America/New_York        | 2026-07-04T19:20:00Z
          4 Jul 2026 15:20 America/Argentina/Buenos_Aires | 2026-07-04T18:20:00Z
          4 Jul 2026 15:20 (Europe/Berlin)         | 2026-07-04T13:20:00Z
          2026-07-04T15:20:00+02:00[Europe/Berlin] | 2026-07-04T13:20:00Z
          4 Jul 2026 15:20 Eastern Daylight Time   | 2026-07-04T19:20:00Z
          4 Mar 2026 15:20 PKT                     | 2026-03-04T10:20:00Z
          4 Mar 2026 15:20 WAT                     | 2026-03-04T14:20:00Z
          4 Mar 2026 15:20 SAST                    | 2026-03-04T13:20:00Z
          4 Mar 2026 15:20 ACDT                    | 2026-03-04T04:50:00Z
          4 Mar 2026 15:20 ART                     | 2026-03-04T18:20:00Z
          4 Mar 2026 15:20 NPT                     | 2026-03-04T09:35:00Z
          4 Mar 2026 15:20 PHT                     | 2026-03-04T07:20:00Z
          1772637630                               | 2026-03-04T15:20:30Z
          1772637630.5                             | 2026-03-04T15:20:30Z
          1772637630123                            | 2026-03-04T15:20:30.123Z
          """)
  void formsAndZones(String text, Instant moment) {
    assertThat(Moments.parse(text, ZoneOffset.UTC)).contains(moment);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mi, 04 März 2026 15:20:00 +0100          | 2026-03-04T14:20:00Z
          Mittwoch, 4. März 2026, 15:20 Uhr MEZ    | 2026-03-04T14:20:00Z
          4. Dez. 2026 15:20 GMT                   | 2026-12-04T15:20:00Z
          mer., 04 mars 2026 15:20:00 +0100        | 2026-03-04T14:20:00Z
          mar. 4 août 2026 15h20 GMT               | 2026-08-04T15:20:00Z
          1er févr. 2026 15:20 GMT                 | 2026-02-01T15:20:00Z
          mié, 04 mar 2026 15:20:00 GMT            | 2026-03-04T15:20:00Z
          mar, 10 mar 2026 15:20:00 GMT            | 2026-03-10T15:20:00Z
          4 de junio de 2026 3:20 p. m. GMT        | 2026-06-04T15:20:00Z
          04 set 2026 15:20 GMT                    | 2026-09-04T15:20:00Z
          4 out 2026 15:20 GMT                     | 2026-10-04T15:20:00Z
          ven, 4 set 2026 15:20:00 GMT             | 2026-09-04T15:20:00Z
          4 giu 2026 15:20 GMT                     | 2026-06-04T15:20:00Z
          wo, 04 mrt 2026 15:20:00 +0100           | 2026-03-04T14:20:00Z
          ons, 4 maj 2026 15:20 GMT                | 2026-05-04T15:20:00Z
          4. mai 2026 kl. 15.20 GMT                | 2026-05-04T15:20:00Z
          ke 4. maaliskuuta 2026 klo 15.20 GMT     | 2026-03-04T15:20:00Z
          śr., 4 mar 2026 15:20 GMT                | 2026-03-04T15:20:00Z
          4 października 2026 15:20 GMT            | 2026-10-04T15:20:00Z
          St, 5 srp 2026 15:20:00 GMT              | 2026-08-05T15:20:00Z
          4. listopadu 2026 15:20 GMT              | 2026-11-04T15:20:00Z
          sri, 1 srp 2026 15:20:00 GMT             | 2026-07-01T15:20:00Z
          2026. március 4. 15:20 GMT               | 2026-03-04T15:20:00Z
          4 mart 2026 15:20 GMT                    | 2026-03-04T15:20:00Z
          Çar, 4 Ağu 2026 15:20:00 +0300           | 2026-08-04T12:20:00Z
          ср, 04 мар 2026 15:20:00 +0300           | 2026-03-04T12:20:00Z
          4 марта 2026 г. 15:20 MSK                | 2026-03-04T12:20:00Z
          4 березня 2026 15:20 GMT                 | 2026-03-04T15:20:00Z
          Τετ, 4 Μαρ 2026 15:20:00 GMT             | 2026-03-04T15:20:00Z
          4 Αυγούστου 2026 15:20 GMT               | 2026-08-04T15:20:00Z
          Rab, 4 Mar 2026 15:20:00 WIB             | 2026-03-04T08:20:00Z
          4 Agustus 2026 15:20 WIB                 | 2026-08-04T08:20:00Z
          4 مارس 2026 15:20 GMT                    | 2026-03-04T15:20:00Z
          ٤ مارس ٢٠٢٦ ١٥:٢٠ GMT                    | 2026-03-04T15:20:00Z
          4 मार्च 2026 15:20 GMT                     | 2026-03-04T15:20:00Z
          4 มีนาคม 2569 15:20 GMT                    | 2026-03-04T15:20:00Z
          4 tháng 3, 2026 15:20 GMT                | 2026-03-04T15:20:00Z
          2026年3月4日 15:20 JST                    | 2026-03-04T06:20:00Z
          2026年3月4日(水) 15時20分 JST              | 2026-03-04T06:20:00Z
          2026年03月04日 下午3:20 GMT               | 2026-03-04T15:20:00Z
          2026년 3월 4일 오후 3:20 KST              | 2026-03-04T06:20:00Z
          2026년 3월 4일 15시 20분 KST              | 2026-03-04T06:20:00Z
          2026 m. kovo 4 d. 15:20 GMT              | 2026-03-04T15:20:00Z
          """)
  void languages(String text, Instant moment) {
    assertThat(Moments.parse(text, ZoneOffset.UTC)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "1970-01-01T01:00:00+01:00",
        "Thu Jan 01 1970 01:00:00 GMT+0100",
        "00 Jan 1900 00:00:00 GMT",
        "0",
        "0000000000",
        "0024-06-10T10:00:00Z",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "1899-12-30T00:00:00",
        "31 Feb 2026 10:00 GMT",
        "2026-13-01",
        "4 Mar 2026 25:00 GMT",
        "4 Mar 2026 10:61 GMT",
        "12:30"
      })
  void whatIsNoMoment(String text) {
    assertThat(Moments.parse(text, ZoneOffset.UTC)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4 Mar 2026 15:20",
        "4 Mar 2026 15:20 XYZT",
        "4 Mar 2026 15:20 IST",
        "03/04/2026 15:20 UTC",
        "4 srp 2026 15:20 UTC",
        "2026-03-04T15:20:00+02:00Z"
      })
  void whatIsGuessedIsTold(String text) {
    assertThat(Moments.read(text, ZoneOffset.UTC).orElseThrow().guess()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wed, 04 Mar 2026 15:20:00 GMT",
        "2026-03-04T15:20:00Z",
        "2026-03-04",
        "20260304T152030-0500",
        "2026-03-04T15:20:00+00:00Z",
        "Wed Mar 04 2026 15:20:30 GMT-0500 (Eastern Standard Time)",
        "Wed, 04 Mar 2026 15:20:00 EST"
      })
  void whatIsClearIsNoGuess(String text) {
    assertThat(Moments.read(text, ZoneOffset.UTC).orElseThrow().guess()).isEmpty();
  }

  @Test
  void aTimeWithoutAZoneIsInTheProvidersAlsoInSummer() {
    ZoneId kyiv = ZoneId.of("Europe/Kyiv");
    assertThat(Moments.parse("4 Jul 2026 15:20", kyiv))
        .contains(Instant.parse("2026-07-04T12:20:00Z"));
    assertThat(Moments.parse("20260304T152000", kyiv))
        .contains(Instant.parse("2026-03-04T13:20:00Z"));
  }

  @Test
  void aMonthIsKnownByItsNameInAnyLanguage() {
    assertThat(Moments.month("Okt")).contains(10);
    assertThat(Moments.month("травня")).contains(5);
    assertThat(Moments.month("nothing")).isEmpty();
  }
}
