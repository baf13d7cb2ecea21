// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RobotsTest {

  private final Hands clock = new Hands();
  private final Robots robots = new Robots(new HttpFetcher("desk@example.org", true), clock);
  private NewsServer server;

  /** A clock that is put forward by hand. */
  private static final class Hands extends Clock {

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("always UTC");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new NewsServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatItForbidsToAllOrToUsIsNotAllowed() throws IOException {
    answer(200, "User-agent: *\nDisallow: /all/\n\nUser-agent: newswire\nDisallow: /us/\n");
    robots.check(page("/all/1"));
    assertThatThrownBy(() -> robots.check(page("/us/1"))).hasMessageContaining("does not allow it");
  }

  @Test
  void itIsFetchedOnceADay() throws IOException {
    answer(200, "");
    robots.check(page("/1"));
    robots.check(page("/2"));
    assertThat(server.paths()).containsExactly("/robots.txt");
    clock.now = clock.now.plus(Duration.ofHours(25));
    robots.check(page("/3"));
    assertThat(server.paths()).hasSize(2);
  }

  @Test
  void itsCrawlDelayIsKnownAndAVeryLongOneForbidsAll() throws IOException {
    answer(200, "User-agent: *\nCrawl-delay: 7\n");
    robots.check(page("/1"));
    assertThat(robots.crawlDelay(page("/2"))).isEqualTo(Duration.ofSeconds(7));
    clock.now = clock.now.plus(Duration.ofHours(25));
    answer(200, "User-agent: *\nCrawl-delay: 3600\n");
    assertThatThrownBy(() -> robots.check(page("/1"))).hasMessageContaining("does not allow it");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void whereThereIsNoneAllIsAllowed(int status) {
    answer(status, "");
    assertThatCode(() -> robots.check(page("/1"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whereItCannotBeHadNothingIsAllowedForNow(int status) throws IOException {
    answer(status, "");
    assertThatThrownBy(() -> robots.check(page("/1"))).hasMessageContaining("can't be had now");
    assertThatThrownBy(() -> robots.check(page("/2"))).hasMessageContaining("can't be had now");
    assertThat(server.paths()).hasSize(1);
    clock.now = clock.now.plus(Duration.ofHours(1));
    answer(200, "");
    robots.check(page("/1"));
  }

  @Test
  void redirectsOfItAreFollowed() {
    server.answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/robots.txt")) {
            exchange.getResponseHeaders().add("Location", "/robots/all.txt");
            NewsServer.send(exchange, 301, new byte[0]);
          } else {
            NewsServer.send(exchange, "User-agent: *\nDisallow: /");
          }
        };
    assertThatThrownBy(() -> robots.check(page("/1"))).hasMessageContaining("does not allow it");
  }

  private void answer(int status, String text) {
    server.answer = exchange -> NewsServer.send(exchange, status, text.getBytes(UTF_8));
  }

  private URI page(String path) {
    return URI.create(server.url(path));
  }
}
