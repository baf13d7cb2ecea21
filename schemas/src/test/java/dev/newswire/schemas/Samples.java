// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Articles for the tests of this module. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private Samples() {}

  static Article.Builder article() {
    return Article.newBuilder()
        .setId("tidewater/2026-031")
        .setProvider("tidewater")
        .setItemId("2026-031")
        .setFeed("tidewater-world")
        .setRevision(
            Revision.newBuilder()
                .setVersion("3")
                .setVersionNumber(3L)
                .setVersionCreated(NOW)
                .setReceivedAt(NOW.plusSeconds(5))
                .setContentHash("")
                .build())
        .setPublished(NOW)
        .setStatus(Status.USABLE)
        .setHeadline("Talks on a truce resume in Ansel")
        .setBody("The delegations met again on Monday.")
        .setSubjects(
            List.of(Subject.newBuilder().setCode("medtop:20000053").setName("peace").build()));
  }

  static RawArticle raw() {
    Article article = article().build();
    byte[] bytes = {1, 2, 3};
    return new RawArticle(
        article,
        new Original(
            ByteBuffer.wrap(bytes),
            "application/xml",
            "nitf",
            ContentHash.sha256(bytes),
            "world.xml"),
        List.of(),
        null);
  }
}
