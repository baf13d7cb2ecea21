// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.stages;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newswire.cli.Console;
import dev.newswire.cli.output.Terminal;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Entity;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.Mention;
import dev.newswire.schemas.TextField;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {

  private static final String TEXT =
      """
      Kremlin says no ceasefire agreed as Putin waits

      Vladimir Putin met Norvel Quine in Kyiv on Monday. The ceasefire did not hold, officials said.
      """;

  private static final String FEED =
      """
      <rss version="2.0"><channel><title>t</title><item><guid>1</guid>
      <title>Ceasefire in Ukraine</title>
      <description>Both sides agreed a ceasefire on Monday, the mediators said in Kyiv.</description>
      </item></channel></rss>
      """;

  @TempDir Path folder;

  @Test
  void aPlainTextIsShownWithItsMarksItsLinksAndItsReasons() throws IOException {
    Path entities =
        file("own.yaml", "entities: [{name: Norvel Quine, kind: person, id: Q99999991}]");

    Console console = newswire("enrich", "--explain", file("a.txt", TEXT), "--entities", entities);

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("no {ceasefire} agreed as [Putin] waits")
        .contains("[Vladimir Putin] met [Norvel Quine] in [Kyiv] on Monday.")
        .containsPattern("Vladimir Putin +person +Q7747 +- +\\d\\.\\d\\d +Putin, Vladimir Putin")
        .containsPattern("Norvel Quine +person +Q99999991.*in your own list")
        .containsPattern("Kyiv .*the only one known of that name that fits")
        .containsPattern("Kyiv +place +Q1899 +UA 50\\.\\d\\d,30\\.\\d\\d")
        .containsPattern("ceasefire +20000073 16000000 +\\d\\.\\d\\d +ceasefire ×2")
        .contains("language en, enricher ");
  }

  @Test
  void aFeedIsReadByItsFormatAndExplainedAsJson() throws IOException {
    Console console = newswire("enrich", "--json", "--explain", file("feed.xml", FEED));

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out().lines())
        .singleElement()
        .asString()
        .contains("\"headline\":\"Ceasefire in Ukraine\"", "\"wikidataId\":\"Q212\"")
        .contains(
            "\"evidence\":[{\"field\":\"headline\",\"start\":0,\"end\":9,\"text\":\"Ceasefire\"}");
  }

  @Test
  void theReasonWhyATopicDoesNotFireNamesThePartOfTheQueryThatFindsNothing() throws IOException {
    Path taxonomy =
        file(
            "own.yaml",
            """
            topics:
              - {id: peace-talks, queries: ['talks AND (peace OR truce)']}
              - {id: floods, language: de, queries: ['Hochwasser']}
            """);
    Path article = file("a.txt", TEXT.replace("waits", "waits for talks"));

    Console console =
        newswire(
            "explain",
            "--file",
            article,
            "--taxonomy",
            taxonomy,
            "--topic",
            "peace-talks",
            "--topic",
            "floods");

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("peace-talks: no query matches.")
        .contains("no match: talks AND (peace OR truce)")
        .contains("none of 'peace truce' is found; the article has none of its words")
        .contains("floods: it has no query for the language of the article.");
  }

  @Test
  void withoutATopicTheOnesFoundAreListedAsJsonToo() throws IOException {
    Console console = newswire("explain", "--file", file("a.txt", TEXT), "--bundled", "--json");

    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"topic\":\"ceasefire\"", "\"verdict\":\"tagged\"", "\"score\":"));
  }

  @Test
  void aTopicThatIsNotInUseIsRefused() throws IOException {
    Console console =
        newswire("explain", "--file", file("a.txt", TEXT), "--bundled", "--topic", "none-such");

    assertThat(console.exitCode()).isOne();
    assertThat(console.err()).startsWith("newswire: --topic: no topic in use is 'none-such'");
  }

  @Test
  void onATerminalTheMarksAreColours() throws IOException {
    StringWriter out = new StringWriter();
    ExplainInput given = ExplainInput.read("FILE", file("a.txt", TEXT).toString(), System.in);
    EnrichedArticle article =
        EnrichedArticle.newBuilder()
            .setArticle(given.articles().get(0).getArticle())
            .setEntities(
                List.of(
                    Entity.newBuilder()
                        .setKind(EntityKind.PERSON)
                        .setName("Putin")
                        .setMentions(List.of(new Mention(TextField.HEADLINE, 36, 41, "Putin")))
                        .build()))
            .setStamp(new EnrichmentStamp(1, 0L, 0L, "none", List.of()))
            .build();

    new Explanation(article, List.of("nothing is known of that name"))
        .print(new PrintWriter(out, true), new Terminal(true, 80, true));

    assertThat(out.toString()).contains("agreed as \u001b[36mPutin\u001b[0m waits", "no topics");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Console missing = newswire("enrich", "--explain", folder.resolve("none.txt"));
    Console broken = newswire("enrich", "--explain", file("b.xml", "<opml/>"));

    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("--explain: can't read the file", "none.txt");
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).contains("--explain: nothing to read in", "OPML");
    assertThat(newswire("enrich", "--json").exitCode()).isEqualTo(2);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
