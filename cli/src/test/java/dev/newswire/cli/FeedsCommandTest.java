// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.newswire.broker.Broker;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedsCommandTest {

  @TempDir Path folder;

  @Test
  void feedsAreAddedListedPausedExportedImportedAndRemoved() throws Exception {
    try (Broker broker = Broker.start(folder.resolve("kafka"))) {
      assertThat(newswire("init", "--bootstrap-server", broker.bootstrapServers()).exitCode())
          .isZero();
      assertThat(feeds(broker, "list").out()).contains("no feeds");
      assertThat(
              feeds(broker, "add", "world", "https://example.org/world.rss", "--format", "rss")
                  .out())
          .contains("added: world");
      feeds(
          broker,
          "add",
          "sport",
          "https://example.org/sport.rss",
          "--provider",
          "harbour",
          "--fetch-pages");
      assertThat(feeds(broker, "pause", "sport").out()).contains("paused: sport");
      assertThat(feeds(broker, "list").out().lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100))
          .anySatisfy(line -> assertThat(line).contains("sport", "paused"))
          .anySatisfy(line -> assertThat(line).contains("world", "new", "in its turn"));
      assertThat(feeds(broker, "list", "--wide").out()).contains("harbour", "LAST SUCCESS");
      assertThat(feeds(broker, "list", "--state", "paused").out())
          .contains("sport")
          .doesNotContain("world");
      assertThat(feeds(broker, "list", "--state", "gone,quiet").out())
          .contains("no feed is gone or quiet");
      assertThat(feeds(broker, "list", "--sort", "state").out())
          .containsSubsequence("sport", "world");
      assertThat(feeds(broker, "list", "--state", "lost").err()).contains("'lost' is none of gone");
      assertThat(feeds(broker, "list", "--sort", "age").err()).contains("'age' is none of name");

      Path exported =
          Files.writeString(folder.resolve("feeds.opml"), feeds(broker, "export").out());
      assertThat(exported).content().contains("xmlUrl=\"https://example.org/world.rss\"");
      feeds(broker, "remove", "world", "sport");
      assertThat(feeds(broker, "list").out()).contains("no feeds");
      assertThat(feeds(broker, "import", exported.toString()).out()).contains("added: 2");
      assertThat(feeds(broker, "list", "--json").out())
          .contains("\"name\":\"world\"", "\"url\":\"https://example.org/sport.rss\"")
          .contains("\"provider\":\"harbour\"", "\"fetchPages\":true", "\"state\":\"paused\"");

      String withLogin = "https://desk:hunter2@localhost:1/feed";
      for (Console console :
          List.of(
              feeds(broker, "add", "secret", withLogin), newswire("feeds", "test", withLogin))) {
        assertThat(console.out() + console.err())
            .contains("name a credential instead")
            .doesNotContain("hunter2");
      }
      feeds(broker, "add", "quay", "https://quay.example.org/", "--credential", "quay-desk");
      assertThat(feeds(broker, "list", "--json").out()).contains("\"credential\":\"quay-desk\"");
      assertThat(feeds(broker, "export").out()).contains("newswire:credential=\"quay-desk\"");

      Console unknown = feeds(broker, "pause", "nowhere");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.err()).contains("no feed 'nowhere'");
    }
  }

  @Test
  void whatIsNoNameNoUrlOrNoFormatIsRefusedWithWhatIsAllowed() {
    assertThat(feedsError("World", "https://example.org/")).contains("NAME: 'World'", "a to z");
    assertThat(feedsError("world", "file:///etc/passwd")).contains("no http or https URL");
    assertThat(feedsError("world", "ftp://desk:hunter2@example.org/"))
        .contains("example.org/' is no http or https URL")
        .doesNotContain("hunter2");
    assertThat(feedsError("world", "https://desk:hunter 2/@example.org/"))
        .contains("is no http or https URL")
        .doesNotContain("hunter");
    assertThat(feedsError("world", "https://example.org/", "--format", "papyrus"))
        .contains("--format: 'papyrus' is none of", "rss");
    assertThat(feedsError("world", "https://example.org/", "--time-zone", "Mars/Base"))
        .contains("--time-zone: 'Mars/Base'");
  }

  @Test
  void aListIsImportedButForWhatIsNoFeedWhichIsNamed() throws Exception {
    try (Broker broker = Broker.start(folder.resolve("kafka"))) {
      newswire("init", "--bootstrap-server", broker.bootstrapServers());

      Console some =
          imported(
              broker,
              """
              <opml version="2.0"><body>
                <outline title="World" xmlUrl="https://example.org/world.rss"/>
                <outline title="Old" xmlUrl="feed://example.org/old"/>
                <outline title="Sport" xmlUrl="https://example.org/sport.rss"/>
              </body></opml>
              """);
      assertThat(some.exitCode()).isEqualTo(1);
      assertThat(some.out()).contains("added: 2");
      assertThat(some.err().lines())
          .containsExactly(
              "newswire: left out old: 'feed://example.org/old' is no http or https URL");
      assertThat(feeds(broker, "list").out()).contains("world", "sport").doesNotContain("old");

      Console cut = imported(broker, "<opml version=\"2.0\"><body>");
      assertThat(cut.exitCode()).isEqualTo(1);
      assertThat(cut.err().lines()).singleElement().asString().contains("is not well-formed XML");
      assertThat(imported(broker, "").err()).contains("is not well-formed XML: it is empty");
      assertThat(imported(broker, "<opml version=\"2.0\"><body/></opml>").err())
          .contains("holds no feed");

      Console standardInput =
          fromStandardInput(
              "<opml version=\"2.0\"><body><outline title=\"Late\" xmlUrl=\"https://example.org/late\"/></body></opml>",
              () -> feeds(broker, "import", "-"));
      assertThat(standardInput.err()).isEmpty();
      assertThat(standardInput.out()).contains("added: 1");
      assertThat(standardInput.exitCode()).isZero();
    }
  }

  private Console imported(Broker broker, String document) throws Exception {
    Path file = Files.writeString(folder.resolve("list.opml"), document);
    return feeds(broker, "import", file.toString());
  }

  private static Console fromStandardInput(String text, Supplier<Console> command) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
    try {
      return command.get();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aFeedCanBeTestedWithoutIngestingIt() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/feed",
        exchange -> {
          byte[] body =
              """
              <rss version="2.0"><channel><title>H</title><item><title>Truce agreed</title>
              <guid>1</guid></item><item/></channel></rss>
              """
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort() + "/feed";
      Console tested = newswire("feeds", "test", url, "--private-addresses");
      assertThat(tested.exitCode()).as(tested.err()).isZero();
      assertThat(tested.out())
          .contains("Truce agreed", "not readable: The item is empty.", "1 articles of format rss");
      Console refused = newswire("feeds", "test", url);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("private address");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aFeedIsTestedWithTheCredentialOfAFileThatOnlyItsOwnerMayRead() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/feed",
        exchange -> {
          String login = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body =
              "<rss version='2.0'><channel><item><title>Truce agreed</title></item></channel></rss>"
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders("Bearer hunter2-of-harbour".equals(login) ? 200 : 401, 0);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String host = "localhost:" + server.getAddress().getPort();
      Path file =
          Files.writeString(
              folder.resolve("credentials"),
              "harbour.host = "
                  + host
                  + "\nharbour.http = allowed\n"
                  + "harbour.bearer = hunter2-of-harbour\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Supplier<Console> tested =
          () ->
              newswire(
                  "feeds",
                  "test",
                  "http://" + host + "/feed",
                  "--private-addresses",
                  "--credentials",
                  file,
                  "--credential",
                  "harbour");
      assertThat(tested.get().err())
          .contains("--credentials: ", "is open to others than its owner")
          .doesNotContain("hunter2");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThat(tested.get().out()).contains("Truce agreed").doesNotContain("hunter2");
      Console without =
          newswire("feeds", "test", "http://" + host + "/feed", "--private-addresses");
      assertThat(without.err()).contains("the server answered 401");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void ofAWebPageTheFeedsAreListedAndAnAddressIsAddedOnce() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              """
              <!doctype html><title>Harbour</title>
              <link rel="alternate" type="application/rss+xml" title="News" href="/news.rss">
              <link rel="alternate" hreflang="de" href="/de">
              <link rel="alternate" type="application/atom+xml; charset=utf-8" href="all.atom">
              """
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String site = "http://localhost:" + server.getAddress().getPort();
    try (Broker broker = Broker.start(folder.resolve("kafka-of-pages"))) {
      newswire("init", "--bootstrap-server", broker.bootstrapServers());
      Console listed = feeds(broker, "add", "harbour", site + "/");
      assertThat(listed.exitCode()).isEqualTo(1);
      assertThat(listed.out()).contains(site + "/news.rss  News", site + "/all.atom");
      assertThat(listed.out()).doesNotContain("/de");
      assertThat(listed.err()).contains("is a web page; add one of its feeds");
      Console tested = newswire("feeds", "test", site, "--private-addresses");
      assertThat(tested.err()).contains("its feeds are " + site + "/news.rss, " + site);

      assertThat(feeds(broker, "add", "page", site + "/", "--format", "html").exitCode()).isZero();
      Console again = feeds(broker, "add", "other", "feed:" + site, "--format", "html");
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.err()).contains("'" + site + "' is polled already, as page");
    } finally {
      server.stop(0);
    }
  }

  private static Console feeds(Broker broker, String... arguments) {
    List<Object> all = new ArrayList<>(List.of("feeds"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
    return newswire(all.toArray());
  }

  private static String feedsError(String... arguments) {
    List<Object> all = new ArrayList<>(List.of("feeds", "add"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-server", "localhost:1"));
    Console console = newswire(all.toArray());
    assertThat(console.exitCode()).isEqualTo(2);
    return console.err();
  }
}
