// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.feeds;

import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.options.CredentialOptions;
import dev.newswire.cli.options.FeedNames;
import dev.newswire.cli.options.IngestOptions;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.options.UserFiles;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.ingest.FeedDiscovery;
import dev.newswire.ingest.FeedPreview;
import dev.newswire.ingest.FeedRegister;
import dev.newswire.ingest.Opml;
import dev.newswire.ingest.WebAddress;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.Article;
import dev.newswire.schemas.Feed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire feeds}: what ingest polls, managed while it is running. */
@Command(
    name = "feeds",
    description = "Add, list, pause and remove the feeds that ingest polls, while it is running.",
    subcommands = {
      FeedsListCommand.class,
      FeedsCommand.AddCommand.class,
      FeedsCommand.PauseCommand.class,
      FeedsCommand.ResumeCommand.class,
      FeedsCommand.RemoveCommand.class,
      FeedsCommand.TestCommand.class,
      FeedsCommand.ImportCommand.class,
      FeedsCommand.ExportCommand.class
    })
public final class FeedsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given; it is one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /** {@code newswire feeds add}. */
  @Command(
      name = "add",
      description = "Add a feed, or replace the one of the same name; it is polled at once.")
  static final class AddCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Parameters(
        index = "0",
        paramLabel = "NAME",
        description = "The feed's name: letters a to z, digits and hyphens.")
    private String name;

    @Parameters(
        index = "1",
        paramLabel = "URL",
        description =
            "What is polled. Of a host alone https is tried. Of a web page, its feeds are listed"
                + " and none is added, unless the format is html.")
    private String url;

    @Option(
        names = "--provider",
        paramLabel = "NAME",
        description = "The provider's name. Default: the feed's.")
    private String provider;

    @Option(
        names = "--format",
        paramLabel = "NAME",
        description = "The format to read it as. Default: recognised from its content.")
    private String format;

    @Option(
        names = "--charset",
        paramLabel = "NAME",
        description = "The charset to read it in, where the provider declares a wrong one.")
    private String charset;

    @Option(
        names = "--time-zone",
        paramLabel = "ZONE",
        description = "Zone of times that come without one, such as Europe/Kyiv. Default: UTC.")
    private String timeZone;

    @Option(
        names = "--credential",
        paramLabel = "NAME",
        description = "The credential to ask for it with, one of ingest's own. Default: none.")
    private String credential;

    @Option(
        names = "--fetch-pages",
        description =
            "Fetch the pages of articles of which the feed carries only a teaser, as far as"
                + " robots.txt allows it, and take the text from them.")
    private boolean fetchPages;

    @Option(
        names = "--poll-interval",
        paramLabel = "DURATION",
        description = "Shortest time between two polls, from 1s to 1d. Default: ingest's own.")
    private Duration interval;

    @Option(
        names = "--poll-interval-max",
        paramLabel = "DURATION",
        description = "Longest time between two polls, from 1s to 1d. Default: ingest's own.")
    private Duration longestInterval;

    @Override
    public Integer call() {
      Long least = millis("--poll-interval", interval);
      Long most = millis("--poll-interval-max", longestInterval);
      if (least != null && most != null) {
        OptionTypes.checkOrder(
            spec, "--poll-interval", interval, "--poll-interval-max", longestInterval);
      }
      Feed feed =
          Feed.newBuilder()
              .setName(FeedNames.name(spec, "NAME", name))
              .setProvider(FeedNames.name(spec, "--provider", provider == null ? name : provider))
              .setUrl(FeedNames.url(spec, "URL", url))
              .setFormat(known(format))
              .setCharset(supported(charset))
              .setTimeZone(zone(timeZone))
              .setCredential(
                  credential == null ? null : FeedNames.name(spec, "--credential", credential))
              .setFetchPages(fetchPages)
              .setMinimumInterval(least)
              .setMaximumInterval(most)
              .build();
      FeedRegister register = new FeedRegister(cluster.cluster());
      checkIsNotKnown(register, feed);
      if (credential == null && !"html".equals(format) && isPage(feed)) {
        return ExitCode.FAILED;
      }
      register.put(List.of(feed));
      spec.commandLine().getOut().println("added: " + feed.getName());
      return ExitCode.OK;
    }

    private static void checkIsNotKnown(FeedRegister register, Feed feed) {
      register.feeds().values().stream()
          .filter(other -> !other.getName().equals(feed.getName()))
          .filter(other -> WebAddress.isSame(other.getUrl(), feed.getUrl()))
          .findFirst()
          .ifPresent(
              other -> {
                throw new UserError(
                    "'%s' is polled already, as %s".formatted(feed.getUrl(), other.getName()));
              });
    }

    /** Whether it is a web page that offers feeds; if so, they are listed. */
    private boolean isPage(Feed feed) {
      List<FeedDiscovery.Offer> offers =
          FeedDiscovery.of(feed.getUrl(), IngestOptions.CONTACT).stream()
              .filter(offer -> !WebAddress.isSame(offer.url(), feed.getUrl()))
              .toList();
      if (offers.isEmpty()) {
        return false;
      }
      PrintWriter out = spec.commandLine().getOut();
      Table table = new Table("URL", "TITLE");
      offers.forEach(offer -> table.row(offer.url(), offer.title()));
      table.print(out, Terminal.current());
      spec.commandLine()
          .getErr()
          .println("newswire: '" + feed.getUrl() + "' is a web page; add one of its feeds");
      return true;
    }

    private String known(String given) {
      List<String> formats = new Formats().names();
      if (given != null && !formats.contains(given)) {
        throw new ParameterException(
            spec.commandLine(),
            "--format: '" + given + "' is none of " + String.join(", ", formats));
      }
      return given;
    }

    private String supported(String given) {
      try {
        if (given == null || Charset.isSupported(given)) {
          return given;
        }
      } catch (IllegalCharsetNameException e) {
        // Told as one that is not known.
      }
      throw new ParameterException(
          spec.commandLine(),
          "--charset: '" + given + "' is no charset, such as UTF-8, windows-1252 or Shift_JIS");
    }

    private String zone(String given) {
      try {
        return given == null ? null : ZoneId.of(given).getId();
      } catch (DateTimeException e) {
        throw new ParameterException(
            spec.commandLine(),
            "--time-zone: '" + given + "' is no time zone, such as Europe/Kyiv or UTC",
            e);
      }
    }

    private Long millis(String option, Duration given) {
      if (given == null) {
        return null;
      }
      return OptionTypes.upToADay(spec, option, given).toMillis();
    }
  }

  /** A command on feeds that there are. */
  abstract static class KnownFeedsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of feeds.")
    private List<String> names;

    private final String done;

    /**
     * A command.
     *
     * @param done what it has done to them, as it says then
     */
    KnownFeedsCommand(String done) {
      this.done = done;
    }

    abstract void change(FeedRegister register, List<Feed> feeds);

    @Override
    public Integer call() {
      FeedRegister register = new FeedRegister(cluster.cluster());
      Map<String, Feed> feeds = register.feeds();
      for (String name : names) {
        if (!feeds.containsKey(name)) {
          throw new UserError("no feed '" + name + "'; 'newswire feeds list' shows them");
        }
      }
      change(register, names.stream().map(feeds::get).toList());
      spec.commandLine().getOut().println(done + ": " + String.join(", ", names));
      return ExitCode.OK;
    }

    static List<Feed> withPaused(List<Feed> feeds, boolean paused) {
      return feeds.stream().map(feed -> Feed.newBuilder(feed).setPaused(paused).build()).toList();
    }
  }

  /** {@code newswire feeds pause}. */
  @Command(name = "pause", description = "Stop polling feeds until they are resumed.")
  static final class PauseCommand extends KnownFeedsCommand {

    PauseCommand() {
      super("paused");
    }

    @Override
    void change(FeedRegister register, List<Feed> feeds) {
      register.put(withPaused(feeds, true));
    }
  }

  /** {@code newswire feeds resume}. */
  @Command(name = "resume", description = "Poll paused feeds again, and feeds that were gone.")
  static final class ResumeCommand extends KnownFeedsCommand {

    ResumeCommand() {
      super("resumed");
    }

    @Override
    void change(FeedRegister register, List<Feed> feeds) {
      register.put(withPaused(feeds, false));
    }
  }

  /** {@code newswire feeds remove}. */
  @Command(name = "remove", description = "Remove feeds; the articles that they brought stay.")
  static final class RemoveCommand extends KnownFeedsCommand {

    RemoveCommand() {
      super("removed");
    }

    @Override
    void change(FeedRegister register, List<Feed> feeds) {
      feeds.forEach(feed -> register.remove(feed.getName()));
    }
  }

  /** {@code newswire feeds test}. */
  @Command(
      name = "test",
      description = "Show what would be ingested of a feed now, without ingesting it.")
  static final class TestCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "The feed.")
    private String url;

    @Option(
        names = "--fetch-pages",
        description =
            "Also fetch the pages of the first "
                + FeedPreview.MOST_PAGES
                + " articles of which the feed carries only a teaser.")
    private boolean fetchPages;

    @Option(
        names = "--credential",
        paramLabel = "NAME",
        description = "The credential to ask for it with, one of --credentials. Default: none.")
    private String credential;

    @Mixin private CredentialOptions credentials;

    @Option(names = "--private-addresses", description = "Also on loopback and private addresses.")
    private boolean privateAddresses;

    @Option(
        names = "--contact",
        paramLabel = "ADDRESS",
        defaultValue = IngestOptions.CONTACT,
        description = "Web or mail address in the User-Agent. Default: ${DEFAULT-VALUE}.")
    private String contact;

    @Override
    public Integer call() {
      FeedPreview preview =
          FeedPreview.of(
              FeedNames.url(spec, "URL", url),
              fetchPages,
              contact,
              privateAddresses,
              credentials.read(),
              Optional.ofNullable(credential));
      PrintWriter out = spec.commandLine().getOut();
      Table table = new Table("PUBLISHED", "STATUS", "-TEXT", "ITEM ID", "HEADLINE");
      preview
          .articles()
          .forEach(
              raw -> {
                Article article = raw.getArticle();
                table.row(
                    Timestamps.minutes(article.getPublished()),
                    article.getStatus().name().toLowerCase(java.util.Locale.ROOT),
                    (article.getPartial() ? "teaser, " : "")
                        + "%,d".formatted(article.getBody().length()),
                    article.getItemId(),
                    article.getHeadline());
              });
      if (!table.isEmpty()) {
        table.print(out, Terminal.current());
        out.println();
      }
      preview
          .articles()
          .forEach(
              raw ->
                  raw.getWarnings()
                      .forEach(
                          warning -> out.println(raw.getArticle().getItemId() + ": " + warning)));
      preview.rejects().forEach(reject -> out.println("not readable: " + reject.reason()));
      out.printf(
          "%d articles of format %s, %d items not readable%n",
          preview.articles().size(),
          preview.articles().isEmpty() ? "?" : preview.articles().get(0).getOriginal().getFormat(),
          preview.rejects().size());
      return preview.articles().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  /** {@code newswire feeds import}. */
  @Command(
      name = "import",
      description = {
        "Add the feeds of an OPML file.",
        "",
        "A feed whose URL is none is left out and named; the exit code is 1 then."
      })
  static final class ImportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Parameters(
        paramLabel = "FILE",
        description = "OPML, as feed readers export it; - is standard input.")
    private Path file;

    @Override
    public Integer call() {
      String name = UserFiles.name(file);
      String document =
          UserFiles.isStandardInput(file) ? standardInput() : UserFiles.read("FILE", file);
      List<Feed> feeds = Opml.read(document);
      List<String> faults = new ArrayList<>();
      Opml.faultOfXml(document).ifPresent(fault -> faults.add(name + " " + fault));
      if (feeds.isEmpty()) {
        throw new UserError(
            faults.isEmpty()
                ? name + " holds no feed: no outline in it has an xmlUrl"
                : faults.get(0));
      }
      List<Feed> good = new ArrayList<>();
      for (Feed feed : feeds) {
        Optional<String> fault = FeedNames.faultOfUrl(feed.getUrl());
        fault.ifPresent(reason -> faults.add("left out " + feed.getName() + ": " + reason));
        if (fault.isEmpty()) {
          good.add(feed);
        }
      }
      if (!good.isEmpty()) {
        new FeedRegister(cluster.cluster()).put(good);
      }
      spec.commandLine().getOut().println("added: " + good.size());
      faults.forEach(fault -> spec.commandLine().getErr().println("newswire: " + fault));
      return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String standardInput() {
      try {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UserError("can't read standard input", e);
      }
    }
  }

  /** {@code newswire feeds export}. */
  @Command(name = "export", description = "Print all feeds as OPML.")
  static final class ExportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      spec.commandLine()
          .getOut()
          .print(Opml.write(new FeedRegister(cluster.cluster()).feeds().values()));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
  }
}
