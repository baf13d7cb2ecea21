// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  @Test
  void theSameContentReceivedLaterThroughAnotherFeedHasTheSameHash() {
    Article again =
        Samples.article().setFeed("other").setPublished(Samples.NOW.plusSeconds(9)).build();
    again.getRevision().setReceivedAt(Samples.NOW.plusSeconds(99));
    assertThat(ContentHash.of(again)).isEqualTo(ContentHash.of(Samples.article().build()));
  }

  @Test
  void spacesThatAFeedRewrapsAreNoNewContent() {
    Article wrapped = Samples.article().setBody("The delegations  met\nagain on Monday. ").build();
    assertThat(ContentHash.of(wrapped)).isEqualTo(ContentHash.of(Samples.article().build()));
  }

  @Test
  void spacesAreOneWhereverTheyStandInALongText() {
    for (int length = 0; length < 300; length += 7) {
      String before = "é" + "x".repeat(length);
      Article one = Samples.article().setBody(before + " y \ud83d\ude00 z").build();
      Article more = Samples.article().setBody(before + " \n y\t\ud83d\ude00 \r\n z ").build();
      Article none = Samples.article().setBody(before + "y \ud83d\ude00 z").build();
      assertThat(ContentHash.of(more)).isEqualTo(ContentHash.of(one));
      assertThat(ContentHash.of(none)).isNotEqualTo(ContentHash.of(one));
    }
  }

  @Test
  void aWordMoreAStatusOrAnEmbargoIsNewContent() {
    assertThat(
            List.of(
                ContentHash.of(Samples.article().build()),
                ContentHash.of(Samples.article().setBody("The delegations met.").build()),
                ContentHash.of(Samples.article().setStatus(Status.CANCELED).build()),
                ContentHash.of(Samples.article().setEmbargo(new Embargo(null, null)).build()),
                ContentHash.of(
                    Samples.article().setEmbargo(new Embargo(null, "Next Monday")).build())))
        .doesNotHaveDuplicates();
  }

  @Test
  void wordsThatMoveFromOneFieldToTheNextAreNewContent() {
    Article one = Samples.article().setByline("AB").setDateline("C").build();
    Article other = Samples.article().setByline("A").setDateline("BC").build();
    assertThat(ContentHash.of(one)).isNotEqualTo(ContentHash.of(other));
  }

  @Test
  void aClampedClockIsNoContent() {
    Article one = Samples.article().setSignals(List.of(Signals.CLOCK_AHEAD)).build();
    Article later = Samples.article().setSignals(List.of(Signals.CLOCK_AHEAD)).build();
    later.getRevision().setVersionCreated(Samples.NOW.plusSeconds(60));
    assertThat(ContentHash.of(later)).isEqualTo(ContentHash.of(one));
  }

  @Test
  void anArticleIdIsTheProviderAndItsOwnIdAndNeverEmpty() {
    assertThat(ArticleId.of("tidewater", "urn:a/b?c")).isEqualTo("tidewater/urn:a/b?c");
    assertThatThrownBy(() -> ArticleId.of("tide/water", "1")).hasMessageContaining("tide/water");
    assertThatThrownBy(() -> ArticleId.of("tidewater", "")).hasMessageContaining("empty id");
  }
}
