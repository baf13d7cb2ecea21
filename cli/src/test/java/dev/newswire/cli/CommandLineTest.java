// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static dev.newswire.cli.Console.newswire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.newswire.broker.Broker;
import dev.newswire.cli.options.ConfiguredValues;
import dev.newswire.cli.options.IngestOptions;
import dev.newswire.schemas.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What the user gave and how it is answered: one line that names the option, and an exit code. */
class CommandLineTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          init --foo                            | Unknown option: '--foo'
          init --partitions many                | Invalid value for option '--partitions'
          init --partitions 0                   | --partitions: 0 is not from 1 to 1000
          init --retention 5x                   | '5x' is no duration; it is a number with ms, s, m, h or d
          dead lst                              | 'lst'
          dead redrive                          | give the ids of dead letters, or --all, and not both
          dead list --stage sunk                | --stage: 'sunk' is no stage; it is ingest, enrich, stories or sink
          replay --execute --dry-run            | give --execute or --dry-run, and not both
          replay --resume                       | --resume needs --execute
          status --watch-interval 5ms           | --watch-interval: 5ms is less than 100ms
          sink --http-port 0                    | --http-port: 0 is not from 1 to 65535
          run --poll-interval 2h                | --poll-interval: 2h is more than the --poll-interval-max of 1h
          ingest --poll-interval-max 10s        | --poll-interval: 5m is more than the --poll-interval-max of 10s
          ingest --poll-interval 0s             | --poll-interval: 0s is not from 1s to 1d
          run --drop-settle 2d                  | --drop-settle: 2d is not from 0s to 1d
          run --feed world                      | --feed: 'world' is not NAME=URL, such as world=https://example.org/world.rss
          run --feed a=https://a.org --feed b   | --feed: 'b' is not NAME=URL
          run --websub-callback-url https://x/y | --websub-callback-url needs --push-port
          feeds add w https://x --charset BOGUS | --charset: 'BOGUS' is no charset, such as UTF-8
          feeds add w https://x --poll-interval 10s --poll-interval-max 5s | --poll-interval: 10s is more than the --poll-interval-max of 5s
          nonsense                              | 'nonsense'
          """)
  void aWrongCommandLineGetsOneLineAndExitCodeTwo(String line, String expected) {
    Console console = newswire((Object[]) line.split(" ", -1));

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err().lines()).singleElement().asString().contains(expected);
    assertThat(console.out()).isEmpty();
  }

  @Test
  void feedsAreGivenOneByOneOrInOneText() {
    for (String[] given :
        new String[][] {
          {"ingest", "--feed", "a=https://a.org/?x=1", "--feed", "b=https://b.org"},
          {"ingest", "--feed", "a=https://a.org/?x=1 b=https://b.org"}
        }) {
      CommandLine command = Newswire.commandLine(ConfiguredValues.of(given, Map.of()));
      ParseResult parsed = command.parseArgs(given).subcommand();
      IngestOptions options =
          (IngestOptions) parsed.commandSpec().mixins().get("ingest").userObject();
      assertThat(options.settings(Optional.empty()).feeds())
          .extracting(Feed::getName, Feed::getUrl)
          .containsExactly(tuple("a", "https://a.org/?x=1"), tuple("b", "https://b.org"));
    }
  }

  @Test
  void withoutAClusterItSaysWhatToGive() {
    Console console = newswire("dead", "list", "--data", folder);

    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.err().lines())
        .singleElement()
        .asString()
        .contains("no Kafka cluster", "--bootstrap-server", folder.toString());
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    String server = "localhost:" + Broker.freePort();

    Console console =
        newswire(
            "init",
            "--bootstrap-server",
            server,
            "-X",
            "default.api.timeout.ms=2000",
            "-X",
            "request.timeout.ms=1000");

    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.err().lines())
        .singleElement()
        .asString()
        .contains("--bootstrap-server", server);
  }

  @Test
  void aValueComesFromTheFlagElseTheEnvironmentElseTheFileElseTheDefault() throws IOException {
    Path file = Files.writeString(folder.resolve("newswire.properties"), "topic-prefix=fromfile\n");
    String[] none = {"init"};
    String[] config = {"init", "--config", file.toString()};
    String[] flag = {"init", "--config", file.toString(), "--topic-prefix", "fromflag"};
    Map<String, String> environment = Map.of("NEWSWIRE_TOPIC_PREFIX", "fromenvironment");

    assertThat(prefix(none, Map.of())).isEqualTo("newswire");
    assertThat(prefix(config, Map.of())).isEqualTo("fromfile");
    assertThat(prefix(config, environment)).isEqualTo("fromenvironment");
    assertThat(prefix(flag, environment)).isEqualTo("fromflag");
  }

  @Test
  void propertiesOfKafkaPassThroughFromFileAndEnvironment() throws IOException {
    Path file =
        Files.writeString(folder.resolve("tls.properties"), "kafka.security.protocol=SSL\n");

    ConfiguredValues given =
        ConfiguredValues.of(
            new String[] {"init", "--config=" + file},
            Map.of("NEWSWIRE_KAFKA_SSL_KEYSTORE_TYPE", "PEM"));

    assertThat(given.kafkaProperties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("security.protocol", "SSL", "ssl.keystore.type", "PEM"));
  }

  @Test
  void aKeyInTheFileThatIsNoOptionIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("typo.properties"), "topic-prefx=x\n");

    Console console = newswire("init", "--config", file);

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err().lines())
        .singleElement()
        .asString()
        .contains("topic-prefx", file.toString());
  }

  @Test
  void aPropertiesFileThatIsNotThereIsNamed() {
    Console console = newswire("init", "--config", folder.resolve("none.properties"));

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("--config", "none.properties");
  }

  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    Console console = newswire("--help");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("init", "status", "replay", "dead", "NEWSWIRE_", "Exit codes");
  }

  private static String prefix(String[] arguments, Map<String, String> environment) {
    CommandLine command = Newswire.commandLine(ConfiguredValues.of(arguments, environment));
    ParseResult parsed = command.parseArgs(arguments).subcommand();
    return parsed.commandSpec().findOption("--topic-prefix").getValue();
  }
}
