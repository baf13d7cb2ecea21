// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A document eight times as long takes about eight times the work, however it is made. */
class GrowthTest {

  private static final int SMALL = 8_000;
  private static final int TIMES = 8;

  /** Work that is quadratic would have 64. */
  private static final int MOST = 24;

  /** Less is the work of the measurement and of a collector. */
  private static final long NEGLIGIBLE = 400_000_000;

  private final Formats formats = new Formats();

  /**
   * A kind of document.
   *
   * @param part what is repeated
   */
  record Kind(String name, String before, String part, String after) {

    byte[] of(int parts) {
      return (before + part.repeat(parts) + after).getBytes(UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    String words = "It was said that the words went on and on in the paragraph for ever. ";
    return Stream.of(
        new Kind("nested articleBody", "<html><body>", "<div itemprop=articleBody>x ", ""),
        new Kind("nested div", "<html><body>", "<div>", "x"),
        new Kind("nested div with breaks", "<html><body>", "<div><br>" + words, ""),
        new Kind("nested blockquotes", "<html><body>", "<blockquote>" + words, ""),
        new Kind(
            "paragraphs like the headline",
            "<html><head><title>Same</title></head><body><h1>Same</h1><article>",
            "<p>Same</p>",
            "<p>" + words.repeat(9) + "</p></article></body></html>"),
        new Kind("scripts", "<html><body>", "<script>1</script>", "<p>" + words.repeat(9)),
        new Kind("paragraphs", "<html><body>", "<p>" + words + "</p>", "</body></html>"),
        new Kind("links", "<html><body><p>", "<a href=x>more</a> ", "</body></html>"),
        new Kind("unclosed tables", "<html><body>", "<table><tr><td>", words),
        new Kind("unclosed emphasis", "<html><body>", "<p><b><i>", words),
        new Kind("attributes", "<html><body><div ", "a b=c ", ">x</div></body></html>"),
        new Kind(
            "RSS items",
            "<rss version='2.0'><channel>",
            "<item><title>A</title></item>",
            "</channel></rss>"),
        new Kind(
            "RSS categories",
            "<rss version='2.0'><channel><item><title>A</title>",
            "<category>a</category>",
            "</item></channel></rss>"),
        new Kind(
            "RSS markup",
            "<rss version='2.0'><channel><item><title>A</title><description><![CDATA[",
            "<b><p>x",
            "]]></description></item></channel></rss>"),
        new Kind(
            "Atom links",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:a</id><title>A</title>",
            "<link href='x'/>",
            "</entry></feed>"),
        new Kind(
            "NITF paragraphs",
            "<nitf><head><title>A</title></head><body><body.content>",
            "<p>x</p>",
            "</body.content></body></nitf>"),
        new Kind(
            "NewsML-G2 subjects",
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='a' version='1'>"
                + "<contentMeta><headline>A</headline>",
            "<subject qcode='medtop:1'/>",
            "</contentMeta></newsItem>"),
        new Kind(
            "ninjs subjects",
            "{\"uri\":\"urn:a\",\"headline\":\"A\",\"subject\":[",
            "{\"code\":\"1\"},",
            "{\"code\":\"2\"}]}"),
        new Kind(
            "JSON Feed items",
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":[",
            "{\"id\":\"1\",\"title\":\"A\"},",
            "{\"id\":\"2\",\"title\":\"A\"}]}"),
        new Kind("broken JSON lines", "", "{\"a\"\n", ""),
        new Kind(
            "IPTC 7901 lines", "\u0001hbr062 4 i 211 x\r\n\u0002A =\r\n", "x\r\n", "\u0003\u0004"),
        new Kind("IPTC 7901 headers", "", "\u0001hbr062 4 i 211 x\r\n", ""),
        new Kind(
            "ANPA lines",
            "\u0001W0001\u001f_x\r\nr a B 03-02\r\n\u0002",
            "^x<\r\n",
            "\u0003\u0004"),
        new Kind(
            "sitemap addresses",
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
            "<url><loc>https://a.example/</loc></url>",
            "</urlset>"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theWorkGrowsWithTheDocument(Kind kind) {
    byte[] small = kind.of(SMALL);
    byte[] large = kind.of(TIMES * SMALL);
    // The first time counts the compiler's work too.
    work(small);
    Work one = work(small);
    Work many = work(large);
    assertThat(many.allocated).isLessThan(MOST * one.allocated + 64L * 1024 * 1024);
    assertThat(many.processorTime).isLessThan(MOST * one.processorTime + NEGLIGIBLE);
  }

  /** What a document takes, in bytes and in nanoseconds of the thread's own. */
  private record Work(long allocated, long processorTime) {}

  private Work work(byte[] document) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long time = threads.getCurrentThreadCpuTime();
    long bytes = allocated();
    formats.read(Parsed.delivery(), document);
    return new Work(allocated() - bytes, threads.getCurrentThreadCpuTime() - time);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
