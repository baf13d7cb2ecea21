// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Simple HTML read in one pass says what the HTML parser's tree says. */
class SimpleHtmlTest {

  private static final List<String> PIECES =
      List.of(
          "<p>",
          "</p>",
          "<p>",
          "</p>",
          "<b>",
          "</b>",
          "<a href=\"/x?a=1&amp;b=2\">",
          "</a>",
          "<div class='x y'>",
          "</div>",
          "<ul>",
          "<li>",
          "</li>",
          "</ul>",
          "<h2>",
          "</h2>",
          "<br>",
          "<br/>",
          "<br />",
          "<hr>",
          "<img src=\"a.png\" alt=\"a > b\"/>",
          "<figure>",
          "</figure>",
          "<figcaption>",
          "</figcaption>",
          "<blockquote>",
          "</blockquote>",
          "<span class=\"np-public\">",
          "<span>",
          "</span>",
          "<em>",
          "</em>",
          "<P>",
          "</P>",
          "<table>",
          "<td>",
          "</td>",
          "</table>",
          "<pre>",
          "</pre>",
          "<script>",
          "</script>",
          "<!-- a -->",
          "<!-->",
          "<!-- -- -->",
          "<nav>",
          "</nav>",
          "<section>",
          "</section>",
          "<svg>",
          "</svg>",
          "<x-y>",
          "<p/>",
          "<p",
          "<",
          "&amp;",
          "&lt;",
          "&nbsp;",
          "&rsquo;",
          "&#8217;",
          "&#x27;",
          "&#150;",
          "&#0;",
          "&#xd800;",
          "&copy",
          "&notin;",
          "&nosuch;",
          "& ",
          "&",
          "word",
          "two words",
          " ",
          "  ",
          "\n",
          "\r\n\r\n",
          "\u00a0",
          "\u00ad",
          "\u200b",
          "\u0093",
          "\ud83d\ude00",
          "\u4e2d\u6587",
          "\t",
          "\u0001",
          ".");

  @Test
  void whateverIsPutTogetherTheTextIsTheSame() {
    Random random = new Random(7);
    int simple = 0;
    for (int round = 0; round < 15_000; round++) {
      StringBuilder html = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        html.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      simple += same(html.toString());
    }
    assertThat(simple).isGreaterThan(500);
  }

  @Test
  void wellNestedElementsAreReadInOnePass() {
    Random random = new Random(8);
    int simple = 0;
    for (int round = 0; round < 5_000; round++) {
      StringBuilder html = new StringBuilder();
      nested(random, html, 4);
      simple += same(html.toString());
    }
    assertThat(simple).isGreaterThan(1_000);
  }

  private static void nested(Random random, StringBuilder html, int depth) {
    List<String> names =
        List.of(
            "p", "b", "i", "a", "span", "div", "ul", "li", "h1", "h3", "figure", "section", "nav");
    for (int child = random.nextInt(4); child >= 0; child--) {
      if (depth > 0 && random.nextBoolean()) {
        String name = names.get(random.nextInt(names.size()));
        html.append('<').append(name).append('>');
        nested(random, html, depth - 1);
        html.append("</").append(name).append('>');
      } else {
        html.append(List.of("a", " b ", "c &amp; d", "<br>", "\n").get(random.nextInt(5)));
      }
    }
  }

  @Test
  void aCompanysCodeInAHeadlineIsReadAsTheParserReadsIt() {
    for (String name :
        List.of("SRD", "ABC.N", "A", "BR", "P", "B2", "IMG", "SVG", "MATH", "SELECT", "OPTION")) {
      String html =
          "STANDARD <" + name + "> OIL&amp;GAS  <" + name + ">TO FORM A UNIT <" + name + ">";
      assertThat(BodyText.lineOfHtml(html))
          .as(html)
          .isEqualTo(PlainText.line(Jsoup.parseBodyFragment(html).body().text()));
    }
  }

  @Test
  void theTextsOfAllSamplesAreTheSame() throws IOException {
    assumeTrue(Files.isDirectory(FixturesTest.FIXTURES), "the samples are not here");
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FixturesTest.FIXTURES, 2)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        FixturesTest.parse(file).articles().stream()
            .flatMap(article -> Stream.of(article.getBodyHtml(), article.getHeadline()))
            .filter(text -> text != null && !text.isBlank())
            .forEach(texts::add);
      }
    }
    int simple = texts.stream().mapToInt(SimpleHtmlTest::same).sum();
    assertThat(simple).isGreaterThan(texts.size() / 2);
  }

  /** One where the text was simple. */
  private static int same(String html) {
    return SimpleHtml.text(html)
        .map(
            text -> {
              assertThat(text).as(html).isEqualTo(BodyText.ofTree(html));
              return 1;
            })
        .orElse(0);
  }
}
