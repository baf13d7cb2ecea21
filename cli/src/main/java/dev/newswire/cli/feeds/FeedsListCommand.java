// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.feeds;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.newswire.cli.options.ClusterOptions;
import dev.newswire.cli.output.ExitCode;
import dev.newswire.cli.output.JsonLines;
import dev.newswire.cli.output.Table;
import dev.newswire.cli.output.Terminal;
import dev.newswire.cli.output.Timestamps;
import dev.newswire.ingest.FeedRegister;
import dev.newswire.schemas.PollState;
import dev.newswire.schemas.Subscription;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code newswire feeds list}. */
@Command(name = "list", description = "List the feeds and how each is doing.")
final class FeedsListCommand implements Callable<Integer> {

  /** Those first that need looking at. */
  private static final List<String> STATES =
      List.of("gone", "failing", "quiet", "waiting", "paused", "new", "ok");

  /** How many of its usual gaps without a new item make a feed quiet. */
  private static final int QUIET_GAPS = 3;

  private static final Duration LEAST_QUIET = Duration.ofHours(1);

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description =
          "Only feeds in one of these states: gone, failing, quiet, waiting, paused, new, ok.")
  private List<String> states = List.of();

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      defaultValue = "name",
      description =
          "name, state (those first that need looking at), or newest (that had a new item last)."
              + " Default: ${DEFAULT-VALUE}.")
  private String key;

  @Option(names = "--wide", description = "All columns, and none cut off.")
  private boolean wide;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Clock.systemUTC().instant();
    Comparator<FeedRegister.Entry> order = order(now);
    checkStates();
    List<FeedRegister.Entry> all = new FeedRegister(cluster.cluster()).entries();
    List<FeedRegister.Entry> entries =
        all.stream()
            .filter(entry -> states.isEmpty() || states.contains(state(entry, now)))
            .sorted(order)
            .toList();
    if (json) {
      entries.forEach(entry -> print(out, entry, now));
    } else if (all.isEmpty()) {
      out.println("no feeds; 'newswire feeds add NAME URL' adds one");
    } else if (entries.isEmpty()) {
      out.println("no feed is " + String.join(" or ", states));
    } else if (wide) {
      wide(entries, now).print(out, Terminal.current().uncut());
    } else {
      narrow(entries, now).print(out, Terminal.current().cut());
    }
    return ExitCode.OK;
  }

  private void checkStates() {
    for (String state : states) {
      if (!STATES.contains(state)) {
        throw new ParameterException(
            spec.commandLine(), "--state: '" + state + "' is none of " + String.join(", ", STATES));
      }
    }
  }

  private Comparator<FeedRegister.Entry> order(Instant now) {
    return switch (key) {
      case "name" -> Comparator.comparing(entry -> entry.feed().getName());
      case "state" -> Comparator.comparing(entry -> STATES.indexOf(state(entry, now)));
      case "newest" ->
          Comparator.comparing(
              (FeedRegister.Entry entry) ->
                  entry.state().map(PollState::getLastNewItem).orElse(Instant.MIN),
              Comparator.reverseOrder());
      default ->
          throw new ParameterException(
              spec.commandLine(), "--sort: '" + key + "' is none of name, state, newest");
    };
  }

  /** What fits a hundred columns, as long as names are not long. */
  private static Table narrow(List<FeedRegister.Entry> entries, Instant now) {
    Table table = new Table("NAME", "STATE", "-INTERVAL", "NEXT POLL", "LAST NEW ITEM", "ERROR");
    for (FeedRegister.Entry entry : entries) {
      table.row(
          entry.feed().getName(),
          state(entry, now),
          interval(entry),
          nextPoll(entry, now, Timestamps::minutes),
          moment(entry.state().map(PollState::getLastNewItem), Timestamps::minutes),
          error(entry));
    }
    return table;
  }

  private static Table wide(List<FeedRegister.Entry> entries, Instant now) {
    Table table =
        new Table(
            "NAME",
            "PROVIDER",
            "STATE",
            "-INTERVAL",
            "NEXT POLL",
            "LAST SUCCESS",
            "LAST NEW ITEM",
            "-PAGES",
            "WEBSUB",
            "ERROR");
    for (FeedRegister.Entry entry : entries) {
      table.row(
          entry.feed().getName(),
          entry.feed().getProvider(),
          state(entry, now),
          interval(entry),
          nextPoll(entry, now, Timestamps::seconds),
          moment(entry.state().map(PollState::getLastSuccess), Timestamps::seconds),
          moment(entry.state().map(PollState::getLastNewItem), Timestamps::seconds),
          pages(entry),
          subscription(entry).map(FeedsListCommand::status).orElse("-"),
          error(entry));
    }
    return table;
  }

  private static void print(PrintWriter out, FeedRegister.Entry entry, Instant now) {
    JsonLines.print(
        out,
        generator -> {
          generator.writeStringField("name", entry.feed().getName());
          generator.writeStringField("provider", entry.feed().getProvider());
          generator.writeStringField("url", entry.feed().getUrl());
          if (entry.movedTo().isPresent()) {
            generator.writeStringField("movedTo", entry.movedTo().get());
          }
          generator.writeStringField("state", state(entry, now));
          generator.writeBooleanField("fetchPages", entry.feed().getFetchPages());
          if (entry.feed().getCredential() != null) {
            generator.writeStringField("credential", entry.feed().getCredential());
          }
          if (entry.state().isPresent()) {
            PollState state = entry.state().get();
            generator.writeNumberField("intervalSeconds", state.getInterval() / 1000);
            generator.writeNumberField("failures", state.getFailures());
            if (isPolled(entry)) {
              generator.writeStringField("nextPoll", state.getNextPoll().toString());
            }
            if (state.getLastSuccess() != null) {
              generator.writeStringField("lastSuccess", state.getLastSuccess().toString());
            }
            if (state.getLastNewItem() != null) {
              generator.writeStringField("lastNewItem", state.getLastNewItem().toString());
            }
            if (state.getError() != null) {
              generator.writeStringField("error", state.getError());
            }
            if (state.getSubscription() != null) {
              print(generator, state.getSubscription());
            }
            if (entry.feed().getFetchPages()) {
              generator.writeNumberField("pagesFetched", state.getPagesFetched());
              generator.writeNumberField("pagesMissed", state.getPagesMissed());
              if (state.getPageError() != null) {
                generator.writeStringField("pageError", state.getPageError());
              }
            }
          }
        });
  }

  private static void print(JsonGenerator generator, Subscription subscription) throws IOException {
    generator.writeObjectFieldStart("websub");
    generator.writeStringField("status", status(subscription));
    generator.writeStringField("hub", subscription.getHub());
    generator.writeStringField("topic", subscription.getTopic());
    if (subscription.getLeaseEnds() != null) {
      generator.writeStringField("leaseEnds", subscription.getLeaseEnds().toString());
    }
    if (subscription.getLastDelivery() != null) {
      generator.writeStringField("lastDelivery", subscription.getLastDelivery().toString());
    }
    if (subscription.getError() != null) {
      generator.writeStringField("error", subscription.getError());
    }
    generator.writeEndObject();
  }

  private static String state(FeedRegister.Entry entry, Instant now) {
    if (entry.feed().getPaused()) {
      return "paused";
    }
    if (entry.state().isEmpty()) {
      return "new";
    }
    PollState state = entry.state().get();
    if (state.getRetired()) {
      return "gone";
    }
    if (state.getFailures() > 0) {
      return "failing";
    }
    if (state.getError() != null) {
      return "waiting";
    }
    return isQuiet(state, now) ? "quiet" : "ok";
  }

  private static boolean isPolled(FeedRegister.Entry entry) {
    return !entry.feed().getPaused() && !entry.state().map(PollState::getRetired).orElse(false);
  }

  private static String nextPoll(
      FeedRegister.Entry entry, Instant now, Function<Instant, String> written) {
    if (!isPolled(entry)) {
      return "-";
    }
    return entry
        .state()
        .map(PollState::getNextPoll)
        .filter(now::isBefore)
        .map(written)
        .orElse("in its turn");
  }

  /** Pages that gave a text, of those that were wanted. */
  private static String pages(FeedRegister.Entry entry) {
    if (!entry.feed().getFetchPages()) {
      return "-";
    }
    long fetched = entry.state().map(PollState::getPagesFetched).orElse(0L);
    long missed = entry.state().map(PollState::getPagesMissed).orElse(0L);
    return "%,d of %,d".formatted(fetched, fetched + missed);
  }

  private static Optional<Subscription> subscription(FeedRegister.Entry entry) {
    return entry.state().map(PollState::getSubscription);
  }

  private static String status(Subscription subscription) {
    return subscription.getStatus().name().toLowerCase(Locale.ROOT);
  }

  private static String error(FeedRegister.Entry entry) {
    Optional<String> page =
        entry
            .state()
            .filter(state -> entry.feed().getFetchPages())
            .map(PollState::getPageError)
            .map(error -> "last page: " + error);
    Optional<String> hub =
        subscription(entry).map(Subscription::getError).map(error -> "WebSub: " + error);
    return entry.state().map(PollState::getError).or(() -> page).or(() -> hub).orElse("");
  }

  private static boolean isQuiet(PollState state, Instant now) {
    if (state.getLastNewItem() == null || state.getNewItemGap() == null) {
      return false;
    }
    Duration silence = Duration.between(state.getLastNewItem(), now);
    return silence.compareTo(LEAST_QUIET) > 0
        && silence.toMillis() > QUIET_GAPS * state.getNewItemGap();
  }

  private static String interval(FeedRegister.Entry entry) {
    return entry
        .state()
        .map(PollState::getInterval)
        .filter(interval -> interval > 0)
        .map(interval -> Duration.ofSeconds(interval / 1000).toString().substring(2))
        .map(interval -> interval.toLowerCase(Locale.ROOT))
        .orElse("-");
  }

  private static String moment(Optional<Instant> moment, Function<Instant, String> written) {
    return moment.map(written).orElse("-");
  }
}
