// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.ingest.IngestSettings;
import dev.newswire.schemas.Feed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is read, and how politely. */
public final class IngestOptions {

  /** Address in the User-Agent where none is given. */
  public static final String CONTACT = "https://github.com/newswire";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private final List<Feed> feeds = new ArrayList<>();

  @Option(
      names = "--feed",
      paramLabel = "NAME=URL",
      split = " ",
      description =
          "A feed to poll, with its provider's name: letters a to z, digits and hyphens. Can be"
              + " repeated. 'newswire feeds' manages feeds while ingest is running.")
  void setFeeds(List<String> given) {
    Map<String, String> urls = new LinkedHashMap<>();
    for (String feed : given) {
      int sign = feed.indexOf('=');
      if (sign < 0) {
        throw new ParameterException(
            spec.commandLine(),
            "--feed: '" + feed + "' is not NAME=URL, such as world=https://example.org/world.rss");
      }
      urls.put(feed.substring(0, sign), feed.substring(sign + 1));
    }
    feeds.clear();
    urls.forEach(
        (name, url) -> {
          FeedNames.name(spec, "--feed", name);
          feeds.add(
              Feed.newBuilder()
                  .setName(name)
                  .setProvider(name)
                  .setUrl(FeedNames.url(spec, "--feed", url))
                  .build());
        });
  }

  @Option(
      names = "--drop",
      paramLabel = "FOLDER",
      description =
          "Folder that is watched for files in any format. Default, in the single process: drop in"
              + " the data folder.")
  private Path drop;

  private Duration dropSettle = Duration.ofSeconds(3);

  @Option(
      names = "--drop-settle",
      paramLabel = "DURATION",
      description =
          "How long a file in the drop folder must not have changed to be read, from 0s to 1d."
              + " Default: 3s.")
  void setDropSettle(Duration given) {
    dropSettle =
        OptionTypes.inRange(spec, "--drop-settle", given, Duration.ZERO, Duration.ofDays(1));
  }

  private String provider = "files";

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description =
          "Provider of files: letters a to z, digits and hyphens. Files in a folder of their own"
              + " within the drop folder are of the provider that it is named after. Default: files.")
  void setProvider(String name) {
    provider = FeedNames.name(spec, "--provider", name);
  }

  private Duration interval = Duration.ofMinutes(5);

  @Option(
      names = "--poll-interval",
      paramLabel = "DURATION",
      description = "Shortest time between two polls of a feed, from 1s to 1d. Default: 5m.")
  void setInterval(Duration given) {
    interval = OptionTypes.upToADay(spec, "--poll-interval", given);
  }

  private Duration longestInterval = Duration.ofHours(1);

  @Option(
      names = "--poll-interval-max",
      paramLabel = "DURATION",
      description =
          "What the time between two polls grows to while a feed is quiet, from 1s to 1d. Default:"
              + " 1h.")
  void setLongestInterval(Duration given) {
    longestInterval = OptionTypes.upToADay(spec, "--poll-interval-max", given);
  }

  private int pushPort = -1;

  @Option(
      names = "--push-port",
      paramLabel = "PORT",
      description =
          "Take deliveries by POST /push/FEED on this port, from 0 (any free one) to 65535. Needs"
              + " --push-token. Default: take none.")
  void setPushPort(int port) {
    pushPort = OptionTypes.inRange(spec, "--push-port", port, 0, 65_535);
  }

  @Option(
      names = "--push-host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description = "Address to take deliveries on. Default: ${DEFAULT-VALUE}.")
  private String pushHost;

  @Option(
      names = "--push-token",
      paramLabel = "TOKEN",
      description =
          "What senders must give as their bearer token, 16 characters or more. Better given in the"
              + " environment or a file than on the command line.")
  private String pushToken;

  private Optional<IngestSettings.Push> push() {
    if (pushPort < 0) {
      return Optional.empty();
    }
    if (pushToken == null || pushToken.length() < 16) {
      throw new ParameterException(
          spec.commandLine(), "--push-port needs a --push-token of 16 characters or more");
    }
    return Optional.of(new IngestSettings.Push(pushHost, pushPort, pushToken));
  }

  private URI websubCallback;

  @Option(
      names = "--websub-callback-url",
      paramLabel = "URL",
      description =
          "Public address, https://HOST[/PATH], at which hubs reach the push port. Feeds that offer"
              + " a WebSub hub are subscribed to there. Needs --push-port. Default: poll only.")
  void setWebsubCallback(String url) {
    websubCallback = URI.create(FeedNames.url(spec, "--websub-callback-url", url));
  }

  private Optional<URI> websubCallback() {
    if (websubCallback != null && pushPort < 0) {
      throw new ParameterException(
          spec.commandLine(), "--websub-callback-url needs --push-port, where hubs deliver");
    }
    return Optional.ofNullable(websubCallback);
  }

  @Option(
      names = "--contact",
      paramLabel = "ADDRESS",
      defaultValue = CONTACT,
      description =
          "Web or mail address in the User-Agent, for publishers who want to ask something. Default:"
              + " ${DEFAULT-VALUE}.")
  private String contact;

  @Option(
      names = "--private-addresses",
      description = "Also poll feeds on loopback and private addresses.")
  private boolean privateAddresses;

  @Mixin private CredentialOptions credentials;

  public String provider() {
    return provider;
  }

  /**
   * All of it.
   *
   * @param usualDrop the folder that is watched where none is given
   * @throws ParameterException where options contradict one another
   */
  public IngestSettings settings(Optional<Path> usualDrop) {
    OptionTypes.checkOrder(
        spec, "--poll-interval", interval, "--poll-interval-max", longestInterval);
    return new IngestSettings(
        feeds,
        Optional.ofNullable(drop).or(() -> usualDrop),
        dropSettle,
        provider,
        interval,
        longestInterval,
        contact,
        privateAddresses,
        push(),
        websubCallback(),
        credentials.read());
  }
}
