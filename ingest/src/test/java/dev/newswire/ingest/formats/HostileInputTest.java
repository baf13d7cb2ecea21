// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.newswire.runtime.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {

  private static final int MIB = 1024 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n\t ",
        "Just a note.",
        "<",
        "<opml version='2.0'><body/></opml>",
        "{",
        "[]",
        "42",
        "null",
        "{\"a\": NaN}",
        "\u0000\u0001\u0002"
      })
  void whatIsNoFeedIsOneRejectWithAReason(String document) {
    Parsed parsed = Parsed.of(document);
    assertThat(parsed.raws).isEmpty();
    assertThat(parsed.rejects).hasSize(1);
    assertThat(parsed.reasons().get(0)).matches("[A-Z].{10,400}");
    assertThat(parsed.rejects.get(0).bytes()).isEqualTo(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void ofATruncatedFeedTheWholeItemsSurvive() {
    String feed =
        "<rss version='2.0'><channel>"
            + rssItem("First")
            + rssItem("Second")
            + "<item><title>Third</title><description>It was going to say much mo";
    Parsed parsed = Parsed.of(feed);
    assertThat(parsed.headlines()).containsExactly("First", "Second");
    assertThat(parsed.reasons()).containsExactly("The document ends within an item.");
    assertThat(parsed.rejects.get(0).bytes()).asString().isEqualTo(feed);
  }

  @Test
  void ofATruncatedFeedThatEndsBetweenItemsNothingIsLost() {
    Parsed parsed = Parsed.of("<rss version='2.0'><channel>" + rssItem("First"));
    assertThat(parsed.headlines()).containsExactly("First");
    assertThat(parsed.rejects).isEmpty();
  }

  @Test
  void whatFollowsAnUnfinishedCommentIsAReject() {
    Parsed none = Parsed.of("<rss version='2.0'><channel><!-- " + rssItem("First"));
    assertThat(none.raws).isEmpty();
    assertThat(none.reasons()).containsExactly("The document ends within a comment.");
    Parsed some =
        Parsed.of("<rss version='2.0'><channel>" + rssItem("First") + "<!-- " + rssItem("Second"));
    assertThat(some.headlines()).containsExactly("First");
    assertThat(some.reasons()).containsExactly("The document ends within a comment.");
  }

  @Test
  void ofATruncatedNewsMessageTheWholeItemsSurvive() {
    String message =
        "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header/><itemSet>"
            + "<newsItem guid='urn:a' version='1'><contentMeta><headline>First</headline>"
            + "</contentMeta></newsItem>"
            + "<newsItem guid='urn:b' version='1'><contentMeta><headline>Second</head";
    Parsed parsed = Parsed.of(message);
    assertThat(parsed.headlines()).containsExactly("First");
    assertThat(parsed.reasons())
        .singleElement()
        .asString()
        .startsWith("The document is no well-formed XML: ");
  }

  @Test
  void halfOfAnAgencysItemNeverPassesForTheWhole() {
    Parsed parsed = Parsed.of("<nitf><head/><body><body.content><p>One.</p><p>Two");
    assertThat(parsed.raws).isEmpty();
    assertThat(parsed.rejects).hasSize(1);
  }

  @Test
  void aBillionLaughsAreRejected() {
    StringBuilder document = new StringBuilder("<?xml version='1.0'?><!DOCTYPE rss [");
    document.append("<!ENTITY laugh0 'haha'>");
    for (int i = 1; i < 12; i++) {
      document.append("<!ENTITY laugh").append(i).append(" '");
      document.append(("&laugh" + (i - 1) + ";").repeat(10)).append("'>");
    }
    document.append("]><rss version='2.0'><channel><item><title>&laugh11;</title></item>");
    document.append("</channel></rss>");
    Parsed parsed = Parsed.of(document.toString());
    assertThat(parsed.raws).isEmpty();
    assertThat(parsed.reasons()).singleElement().asString().contains("limit");
  }

  @Test
  void whatADocumentRefersToIsNeverLoaded(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      String document =
          """
          <!DOCTYPE rss SYSTEM '%1$sdtd' [
            <!ENTITY %% more SYSTEM '%1$smore'> %%more;
            <!ENTITY file SYSTEM '%2$s'>
            <!ENTITY page SYSTEM '%1$spage'>
          ]>
          <rss version='2.0'><channel><item><guid>urn:a</guid>
          <title>A&file;&page;&nbsp;title</title></item></channel></rss>
          """
              .formatted(address, secret.toUri());
      Parsed parsed = Parsed.of(document);
      assertThat(parsed.sheets()).doesNotContain("the secret");
      assertThat(parsed.headlines()).containsExactly("A title");
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anItemOf200MibIsRejectedWithoutBeingHeld() {
    byte[] mebibyte = new byte[MIB];
    Arrays.fill(mebibyte, (byte) 'a');
    InputStream feed =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    stream("<rss version='2.0'><channel><item><title>Long</title><description>"),
                    new Repeated(mebibyte, 200),
                    stream("</description></item></channel></rss>"))));
    Parsed parsed = Parsed.of(Parsed.delivery(), feed);
    assertThat(parsed.raws).isEmpty();
    assertThat(parsed.reasons()).containsExactly("The document is larger than 33554432 bytes.");
    assertThat(parsed.rejects.get(0).bytes()).hasSize(Limits.DEFAULT.item());
  }

  @Test
  void anItemOverTheCapCostsNoneOfItsNeighbours() {
    String long9 =
        "<item><title>Long</title><description>" + "x".repeat(9 * MIB) + "</description>";
    Parsed parsed =
        Parsed.of(
            "<rss version='2.0'><channel>"
                + rssItem("First")
                + long9
                + "</item>"
                + rssItem("Last")
                + "</channel></rss>");
    assertThat(parsed.headlines()).containsExactly("First", "Last");
    assertThat(parsed.reasons()).containsExactly("The item is larger than 8388608 bytes.");
  }

  @Test
  void nestingWithoutEndIsRejected() {
    assertThat(Parsed.of("<rss>" + "<a>".repeat(100_000)).reasons()).hasSize(1);
    assertThat(Parsed.of("{\"a\":".repeat(100_000)).reasons()).hasSize(1);
    assertThat(Parsed.of("[".repeat(100_000)).reasons()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!-- -->", "<!-- --", "<?a?>", "<!doctype a>", "<!", "... ", "-", ",  "})
  void whatIsRepeatedWithoutEndIsReadInTime(String part) {
    String parts = part.repeat(500_000 / part.length());
    List<String> documents =
        List.of(
            parts + "<a>",
            "<html>" + parts + "x</html>",
            rss("a</title><description>" + parts + "x</description><title>"),
            "<nitf><body><body.head><dateline>" + parts + "x</dateline></body.head></body></nitf>",
            "\u0001W0001\u001f_x\r\nr a " + parts + " 03-02\r\n\u0002A\u0003\u0004",
            "\u0001W0001\u001f_x\r\nr a B 03-02\r\n\u0002^" + parts + "x<\r\n\u0003\u0004",
            "\u0001hbr062 4 i 211 x\r\n\u0002" + parts + "x\u0003" + parts + "\u0004");
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertThat(documents).noneMatch(document -> Parsed.of(document).isNothing()));
  }

  @Test
  void bytesThatAreNoUtf8AreReadAsWindows1252() {
    byte[] feed = rss("Café “à la carte”").getBytes(Charset.forName("windows-1252"));
    Parsed parsed = Parsed.of(feed);
    assertThat(parsed.headlines()).containsExactly("Café “à la carte”");
    assertThat(parsed.raws.get(0).getWarnings())
        .containsExactly("The bytes are not in UTF-8; read as windows-1252.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bogus", "utf-88", "iso8859-99", "../../etc/passwd", "", " ", "x-\u00e9"})
  void aCharsetThatNobodyKnowsCostsNothing(String name) {
    String declared = "<?xml version='1.0' encoding='" + name + "'?>" + rss("Café");
    assertThat(Parsed.of(declared).headlines()).containsExactly("Café");
    Delivery delivery = Parsed.delivery().withMediaType("text/xml; charset=" + name);
    assertThat(Parsed.of(delivery, rss("Café").getBytes(StandardCharsets.UTF_8)).headlines())
        .containsExactly("Café");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aDocumentWithoutADeclarationIsReadInItsUnicodeForm(String charset) {
    assertThat(Parsed.of(rss("Łódź").getBytes(Charset.forName(charset))).headlines())
        .containsExactly("Łódź");
  }

  @Test
  void controlCharactersDoNotReachTheText() {
    Parsed parsed = Parsed.of(rss("A\u0000B\u0007C&#x1b;[31m&#27;D"));
    assertThat(parsed.sheets()).doesNotContainPattern("[\\u0000-\\u0008\\u001b]");
  }

  @Test
  void aBadItemCostsNoneOfItsNeighbours() {
    Parsed parsed =
        Parsed.of(
            "<rss version='2.0'><channel>"
                + rssItem("First")
                + "<item/>"
                + rssItem("Last")
                + "</channel></rss>");
    assertThat(parsed.headlines()).containsExactly("First", "Last");
    assertThat(parsed.reasons()).containsExactly("The item is empty.");
  }

  @Test
  void archivesAreUnpackedAlsoWithinEachOther() throws IOException {
    byte[] feed = rss("Packed").getBytes(StandardCharsets.UTF_8);
    assertThat(Parsed.of(gzip(feed)).headlines()).containsExactly("Packed");
    assertThat(Parsed.of(zip("a.xml", feed)).headlines()).containsExactly("Packed");
    assertThat(Parsed.of(zip("../../a.xml.gz", gzip(feed))).raws)
        .singleElement()
        .extracting(raw -> raw.getOriginal().getSource())
        .isEqualTo("a.xml.gz");
  }

  @Test
  void anArchiveOfArchivesWithoutEndIsRejected() throws IOException {
    byte[] matryoshka = rss("Packed").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5; i++) {
      matryoshka = gzip(matryoshka);
    }
    assertThat(Parsed.of(matryoshka).reasons())
        .containsExactly("The archive holds archives more than 3 levels deep.");
  }

  @Test
  void aGzipBombIsRejectedWithoutBeingHeld() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
      byte[] nothing = new byte[MIB];
      for (int i = 0; i < 300; i++) {
        out.write(nothing);
      }
    }
    assertThat(Parsed.of(bomb.toByteArray()).reasons()).hasSize(1);
  }

  @Test
  void ofATruncatedArchiveWhatWasWholeSurvives() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a.xml", "b.xml")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(rss(name).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    byte[] whole = bytes.toByteArray();
    int second = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("PK\3\4");
    byte[] truncated = Arrays.copyOf(whole, second + 60);
    Parsed parsed = Parsed.of(truncated);
    assertThat(parsed.headlines()).containsExactly("a.xml");
    assertThat(parsed.reasons())
        .singleElement()
        .asString()
        .startsWith("The archive or stream is damaged: ");
  }

  @Test
  void aFailureOfTheSourceIsNoRejectButTheCallersToRepeat() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    Parsed parsed = new Parsed();
    assertThatThrownBy(() -> new Formats().parse(Parsed.delivery(), failing, parsed))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
    assertThat(parsed.rejects).isEmpty();
  }

  @Test
  void aFormatThatDoesNotExistIsTheUsersError() {
    assertThatThrownBy(() -> Parsed.of(Parsed.delivery().withFormat("rsx"), new byte[0]))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("no format 'rsx'; known are ")
        .hasMessageContaining("rss");
  }

  @Test
  void aPinnedFormatIsNotSecondGuessed() {
    Parsed parsed =
        Parsed.of(
            Parsed.delivery().withFormat("atom"), rss("Title").getBytes(StandardCharsets.UTF_8));
    assertThat(parsed.raws).isEmpty();
  }

  private static String rss(String title) {
    return "<rss version='2.0'><channel>" + rssItem(title) + "</channel></rss>";
  }

  private static String rssItem(String title) {
    return "<item><guid>urn:" + title.hashCode() + "</guid><title>" + title + "</title></item>";
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** A block of bytes, many times over. */
  private static final class Repeated extends InputStream {

    private final byte[] block;
    private long left;

    Repeated(byte[] block, int times) {
      this.block = block;
      left = (long) block.length * times;
    }

    @Override
    public int read() {
      return left-- > 0 ? block[(int) (left % block.length)] : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, block.length), left);
      System.arraycopy(block, 0, bytes, offset, count);
      left -= count;
      return count;
    }
  }
}
