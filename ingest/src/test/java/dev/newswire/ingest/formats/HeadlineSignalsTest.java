// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadlineSignalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          UPDATE 1-Oil climbs          ; [update]
          UPDATE 2 - Oil climbs        ; [update]
          Update: Oil climbs           ; [update]
          (UPDATE) Oil climbs          ; [update]
          2ND UPDATE Oil climbs        ; [update]
          Oil climbs - UPDATE          ; [update]
          Oil climbs (UPDATE 2)        ; [update]
          2nd LEAD: Oil climbs         ; [lead]
          1ST LEAD Oil climbs          ; [lead]
          Oil climbs (2nd Lead)        ; [lead]
          WRAPUP 2-Oil climbs          ; [wrapup]
          ROUNDUP/Öl steigt            ; [wrapup]
          ROUNDUP 2: Öl steigt         ; [wrapup]
          Roundup: Oil climbs          ; [wrapup]
          KORREKTUR: Öl steigt         ; [correction]
          CORRECTIF - Le prix monte    ; [correction]
          Oil climbs (CORRECTED)       ; [correction]
          REFILE-UPDATE 1-Oil climbs   ; [refile, update]
          WDH/Öl steigt                ; [repeat]
          EILMELDUNG - Öl steigt       ; [urgent]
          """)
  void whatStandsAtTheBeginningOrTheEndIsASignal(String headline, String signals) {
    assertThat(HeadlineSignals.of(headline).stream().map(HeadlineSignals.Signal::name).toList())
        .hasToString(signals);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "First lead in the polls for Smith",
        "Third lead role for actor",
        "Storms kill two, update their homes",
        "Update your phone now",
        "LEAD PIPES TO BE REPLACED",
        "Correction of the market goes on",
        "Second update in a week angers players"
      })
  void aWordOfTheHeadlineIsNone(String headline) {
    assertThat(HeadlineSignals.of(headline)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"By Ann Quay,Ann Quay", "ann@x.example (Ann Quay),Ann Quay", "by-line,by-line"})
  void anAuthorIsTheName(String author, String name) {
    assertThat(AuthorNames.of(author)).isEqualTo(name);
  }
}
