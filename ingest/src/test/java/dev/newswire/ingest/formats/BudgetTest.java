// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** A delivery that takes more than it may ends as one reject that says of what. */
class BudgetTest {

  private static final Allowance ROOM = Allowance.DEFAULT;

  @Test
  void aZipOfZipsThatUnpacksToFortyGibibytesIsGivenUpByItsRatio() throws IOException {
    byte[] nothing = new byte[1024 * 1024];
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      zip.putNextEntry(new ZipEntry("a.xml"));
      for (int i = 0; i < 80; i++) {
        zip.write(nothing);
      }
    }
    byte[] bomb = zip(500, inner.toByteArray());
    assertThat(bomb.length).isLessThan(1024 * 1024);
    List<String> reasons = Parsed.of(bomb).reasons();
    assertThat(reasons.get(reasons.size() - 1))
        .isEqualTo(
            "The delivery was given up: its archives unpack to more than 250 times their size.");
  }

  @Test
  void theBytesOfAllLevelsAreCountedTogether() throws IOException {
    byte[] rss = rss(1, " ".repeat(4_000));
    byte[] feed = gzip(gzip(rss));
    int most = rss.length + 20;
    Allowance small = new Allowance(most, 250, 10, 10, 10, ROOM.processorTime(), Duration.ZERO);
    assertThat(read(small, feed).reasons())
        .containsExactly(
            "The delivery was given up: its archives unpack to more than " + most + " bytes.");
  }

  @Test
  void whatIsSkippedInAnArchiveIsCountedToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(".hidden"));
      zip.write(new byte[100_000]);
    }
    Allowance small = new Allowance(6_000, 250, 10, 10, 10, ROOM.processorTime(), Duration.ZERO);
    assertThat(read(small, bytes.toByteArray()).reasons())
        .containsExactly("The delivery was given up: its archives unpack to more than 6000 bytes.");
  }

  @Test
  void entriesItemsAndRejectsAreCounted() throws IOException {
    Allowance three = new Allowance(1 << 20, 250, 3, 3, 3, ROOM.processorTime(), Duration.ZERO);
    assertThat(read(three, zip(4, rss(0, ""))).reasons())
        .contains("The delivery was given up: its archives have more than 3 entries.");
    Parsed items = read(three, rss(4, "x"));
    assertThat(items.raws).hasSize(3);
    assertThat(items.reasons())
        .containsExactly("The delivery was given up: it has more than 3 items.");
    String empty = "<rss version='2.0'><channel>" + "<item/>".repeat(9) + "</channel></rss>";
    assertThat(read(three, empty.getBytes(UTF_8)).reasons())
        .hasSize(4)
        .last()
        .isEqualTo("The delivery was given up: 3 more of its items can't be read than can be.");
  }

  @Test
  void processorTimeIsCounted() throws IOException {
    Allowance none = new Allowance(1 << 20, 250, 3, 3_000, 3, Duration.ofNanos(1), Duration.ZERO);
    assertThat(read(none, rss(4, "x")).reasons())
        .singleElement()
        .asString()
        .endsWith("of processor time.");
  }

  private static Parsed read(Allowance allowance, byte[] delivery) {
    Parsed parsed = new Parsed();
    new Formats(Limits.DEFAULT, allowance).parse(Parsed.delivery(), delivery, parsed);
    return parsed;
  }

  private static byte[] rss(int items, String text) {
    StringBuilder rss = new StringBuilder("<rss version='2.0'><channel>");
    for (int i = 0; i < items; i++) {
      rss.append("<item><guid>urn:").append(i).append("</guid><title>A").append(text);
      rss.append("</title></item>");
    }
    return rss.append("</channel></rss>").toString().getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(int times, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        zip.putNextEntry(new ZipEntry(i + ".xml"));
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }
}
