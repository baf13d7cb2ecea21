// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Validators;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the robots.txt of each host allows us to fetch of its pages (RFC 9309). Each is fetched at
 * most once a day; one that can't be had forbids everything for a quarter of an hour. Thread-safe.
 */
final class Robots {

  /** A host that wants more time between two pages gets no requests for pages at all. */
  static final Duration LONGEST_CRAWL_DELAY = Duration.ofMinutes(1);

  private static final String NAME = "newswire";
  private static final HttpFetcher.Limits LIMITS =
      new HttpFetcher.Limits(1024 * 1024, Duration.ofSeconds(20));
  private static final Duration FRESH = Duration.ofDays(1);
  private static final Duration FRESH_FAILURE = Duration.ofMinutes(15);
  private static final int MOST_HOSTS = 5_000;

  private final HttpFetcher fetcher;
  private final Clock clock;
  private final Map<String, Known> hosts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What is known about a host.
   *
   * @param rules empty where its robots.txt can't be had now
   * @param failure why it can't be had
   */
  private record Known(Optional<BaseRobotRules> rules, String failure, Instant until) {}

  Robots(HttpFetcher fetcher, Clock clock) {
    this.fetcher = fetcher.withLimits(LIMITS);
    this.clock = clock;
  }

  /**
   * Lets a page pass that may be fetched.
   *
   * @throws IOException where it must not be fetched, with why
   */
  void check(URI page) throws IOException {
    check(page, fetcher);
  }

  /**
   * Lets a page pass that may be fetched, by a robots.txt that a certain fetcher gets where it is
   * not known yet.
   *
   * @throws IOException where it must not be fetched, with why
   */
  void check(URI page, HttpFetcher by) throws IOException {
    Known known = known(page, by.withLimits(LIMITS));
    if (known.rules.isEmpty()) {
      throw new IOException("the robots.txt of " + page.getHost() + " " + known.failure);
    }
    if (!known.rules.get().isAllowed(page.toString())) {
      throw new IOException("the robots.txt of " + page.getHost() + " does not allow it");
    }
  }

  /** How long the host wants to be left alone after a page; zero where it does not say. */
  Duration crawlDelay(URI page) {
    synchronized (hosts) {
      return Optional.ofNullable(hosts.get(origin(page)))
          .flatMap(Known::rules)
          .map(BaseRobotRules::getCrawlDelay)
          .filter(millis -> millis > 0)
          .map(Duration::ofMillis)
          .orElse(Duration.ZERO);
    }
  }

  private Known known(URI page, HttpFetcher by) {
    String origin = origin(page);
    synchronized (hosts) {
      Known known = hosts.get(origin);
      if (known != null && known.until.isAfter(clock.instant())) {
        return known;
      }
    }
    Known fresh = fetch(origin, by);
    synchronized (hosts) {
      hosts.put(origin, fresh);
      if (hosts.size() > MOST_HOSTS) {
        hosts.remove(hosts.keySet().iterator().next());
      }
    }
    return fresh;
  }

  private Known fetch(String origin, HttpFetcher by) {
    String address = origin + "/robots.txt";
    try {
      Fetched fetched = by.fetch(address, Validators.NONE);
      int status = fetched.status();
      if (status == 200) {
        return fresh(parser().parseContent(address, fetched.body(), "text/plain", List.of(NAME)));
      }
      // RFC 9309, 2.3.1.3: no robots.txt, no rules. But too many requests are too many.
      if (status >= 400 && status < 500 && status != 429) {
        return fresh(parser().failedFetch(404));
      }
      return failure("can't be had now: the server answered " + status);
    } catch (IOException e) {
      return failure("can't be had now: " + e.getMessage());
    }
  }

  private static SimpleRobotRulesParser parser() {
    return new SimpleRobotRulesParser(LONGEST_CRAWL_DELAY.toMillis(), 0);
  }

  private Known fresh(BaseRobotRules rules) {
    return new Known(Optional.of(rules), "", clock.instant().plus(FRESH));
  }

  private Known failure(String reason) {
    return new Known(Optional.empty(), reason, clock.instant().plus(FRESH_FAILURE));
  }

  private static String origin(URI page) {
    String host = String.valueOf(page.getHost()).toLowerCase(Locale.ROOT);
    String port = page.getPort() < 0 ? "" : ":" + page.getPort();
    return page.getScheme().toLowerCase(Locale.ROOT) + "://" + host + port;
  }
}
