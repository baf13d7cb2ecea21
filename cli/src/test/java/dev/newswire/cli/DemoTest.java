// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples through the whole pipeline, end to end, as a newcomer runs it. */
class DemoTest {

  @TempDir static Path folder;
  private static Console demo;

  @BeforeAll
  static void runTheDemo() {
    demo = newswire("demo", "--data", folder);
    assertThat(demo.exitCode()).as(demo.err()).isZero();
  }

  @Test
  void theCountsAddUpAndASecondRunStoresNothingTwice() {
    assertThat(demo.out()).contains("40 = 33 + 1 + 5 + 1");
    Console again = newswire("demo", "--data", folder, "--json");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out().strip())
        .isEqualTo("{\"read\":40,\"stored\":0,\"repeats\":40,\"stale\":0,\"dead\":0}");
  }

  @Test
  void itShowsWhatDiedAndWhyAndWhereTheDatabaseIs() {
    assertThat(demo.out())
        .contains("ingest-0-0", "0409-truncated.xml: The document is no well-formed XML")
        .contains(folder.resolve("newswire.db").toString())
        .contains("./newswire search");
  }

  @Test
  void aTruceAndAResourcesDealAreFoundUnderTheEditorsTopics() {
    List<String> found = headlines("--topic", "minerals-deal", "--topic", "ceasefire");
    assertThat(found)
        .contains("Kyiv and Moscow agree truce at sea; Washington to sign natural resources deal");
    assertThat(newswire("search", "--data", folder, "\"minerals deal\"", "--count").out().strip())
        .isEqualTo("0");
  }

  @Test
  void theNearMissesAreTaggedNeitherCeasefireNorMineralsDeal() {
    List<String> everything = headlines("--limit", "100");
    List<String> tagged = headlines("--limit", "100", "--topic", "minerals-deal");
    tagged.addAll(headlines("--limit", "100", "--topic", "ceasefire"));
    for (String nearMiss :
        List.of(
            "Thornley Town sign mineral water deal",
            "Studio moves release of \\\"The Truce\\\"",
            "Copper miner agrees to takeover by Horizon Minerals")) {
      assertThat(everything).anySatisfy(headline -> assertThat(headline).startsWith(nearMiss));
      assertThat(tagged).noneSatisfy(headline -> assertThat(headline).startsWith(nearMiss));
    }
  }

  @Test
  void wordsPeopleAndExclusionsNarrowTheSearch() {
    assertThat(headlines("truce -football", "--entity", "Putin"))
        .isNotEmpty()
        .allSatisfy(headline -> assertThat(headline).doesNotContain("Rovers"));
    assertThat(headlines("truce", "football")).isNotEmpty();
    assertThat(headlines("--entity", "Q7747"))
        .contains("Putin backs truce at sea and asks for time on land, Peskov says");
  }

  @Test
  void whatWasKilledOrIsUnderEmbargoIsNotShown() {
    List<String> everything = headlines("--limit", "100");
    assertThat(everything)
        .doesNotContain(
            "Ceasefire talks in Vienna broken off, delegate says",
            "Truce in Black Sea already in effect, official says",
            "Vienna opens the records of the 2025 truce talks");
  }

  @Test
  void aCorrectionIsShownEvenWhereTheOlderRevisionCameLater() {
    assertThat(headlines("--limit", "100"))
        .filteredOn(headline -> headline.contains("natural resources deal giv"))
        .singleElement()
        .asString()
        .startsWith("CORRECTED-");
  }

  @Test
  void whatOnlySharesWordsWithTheTruceIsAStoryOfItsOwn() {
    Console list =
        newswire(
            "stories", "list", "--min-articles", "1", "--limit", "100", "--json", "--data", folder);
    assertThat(list.exitCode()).as(list.err()).isZero();
    for (String nearMiss :
        List.of(
            "Rovers and their supporters call truce",
            "Thornley Town sign mineral water deal",
            "Studio moves release of",
            "Copper miner agrees to takeover")) {
      assertThat(list.out().lines().filter(line -> line.contains(nearMiss)))
          .as(nearMiss)
          .singleElement()
          .asString()
          .contains("\"articles\":1,");
    }
    assertThat(list.out())
        .doesNotContain("Ceasefire talks in Vienna broken off", "Vienna opens the records");
  }

  private static List<String> headlines(String... arguments) {
    Object[] all = new Object[arguments.length + 4];
    all[0] = "search";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--json";
    all[arguments.length + 2] = "--data";
    all[arguments.length + 3] = folder;
    Console console = newswire(all);
    assertThat(console.exitCode()).as(console.err()).isZero();
    return new java.util.ArrayList<>(
        Pattern.compile("\"headline\":\"((?:[^\"\\\\]|\\\\.)*)\"")
            .matcher(console.out())
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList());
  }
}
