// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.ingest.HttpFetcher.Limits;
import dev.newswire.ingest.HttpFetcher.Validators;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that is checked is the one that is connected to, whatever a name says next. */
final class PublicAddressesTest {

  private static final Limits SOON = new Limits(100_000, Duration.ofSeconds(2));

  /** A name whose address is another each time, down to the last. */
  private static final class Turncoat implements PublicAddresses.Lookup {

    private final Iterator<String> addresses;
    private String last;
    private final List<String> asked = new ArrayList<>();

    Turncoat(String... addresses) {
      this.addresses = Arrays.asList(addresses).iterator();
    }

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
      asked.add(host);
      last = addresses.hasNext() ? addresses.next() : last;
      return new InetAddress[] {InetAddress.getByName(last)};
    }
  }

  private static HttpFetcher fetcher(DnsResolver addresses) {
    return new HttpFetcher("desk@example.org", addresses, SSLContexts.createDefault(), SOON);
  }

  @Test
  void aNameThatTurnsPrivateAfterTheCheckIsNotFollowedThere() throws IOException {
    try (NewsServer inside = new NewsServer()) {
      inside.answer = exchange -> NewsServer.send(exchange, "secret");
      Turncoat name = new Turncoat("192.0.2.1", "127.0.0.1");
      HttpFetcher careful = fetcher(new PublicAddresses(false, name));
      assertThatThrownBy(() -> careful.fetch(at("news.example", inside), Validators.NONE))
          .isInstanceOf(IOException.class);
      assertThat(inside.paths()).isEmpty();
      assertThat(name.asked).containsExactly("news.example");
    }
  }

  @Test
  void aNameIsResolvedOnceAndTheConnectionGoesThere() throws IOException {
    try (NewsServer server = new NewsServer()) {
      server.answer = exchange -> NewsServer.send(exchange, "news");
      Turncoat name = new Turncoat("127.0.0.1", "192.0.2.1");
      assertThat(
              fetcher(new PublicAddresses(true, name))
                  .fetch(at("news.example", server), Validators.NONE)
                  .status())
          .isEqualTo(200);
      assertThat(name.asked).containsExactly("news.example");
    }
  }

  @Test
  void aRedirectToAPrivateAddressIsRefusedBeforeItIsAsked() throws IOException {
    try (NewsServer outside = new NewsServer();
        NewsServer inside = new NewsServer()) {
      inside.answer = exchange -> NewsServer.send(exchange, "secret");
      outside.answer =
          exchange -> {
            exchange.getResponseHeaders().add("Location", at("inside.example", inside));
            NewsServer.send(exchange, 302, new byte[0]);
          };
      HttpFetcher careful = fetcher(outsideIsPublic());
      assertThatThrownBy(() -> careful.fetch(at("outside.example", outside), Validators.NONE))
          .hasMessage("inside.example is on a private address, which this ingest does not allow");
      assertThat(outside.paths()).hasSize(1);
      assertThat(inside.paths()).isEmpty();
    }
  }

  @Test
  void theRobotsOfAPrivateAddressAndItsHubAreNotAsked() throws IOException {
    try (NewsServer inside = new NewsServer()) {
      inside.answer = exchange -> NewsServer.send(exchange, "");
      HttpFetcher careful = fetcher(outsideIsPublic());
      Robots robots = new Robots(careful, Clock.systemUTC());
      assertThatThrownBy(() -> robots.check(URI.create(at("inside.example", inside))))
          .hasMessageContaining("private address");
      assertThatThrownBy(() -> careful.post(at("inside.example", inside), "hub.mode=subscribe"))
          .hasMessageContaining("private address");
      assertThat(inside.paths()).isEmpty();
    }
  }

  @Test
  void tlsVerifiesTheNameAndNotTheAddress(@TempDir Path folder) throws Exception {
    Certificates certificates = Certificates.make(folder);
    try (NewsServer server = new NewsServer(certificates.server(certificates.valid()))) {
      server.answer = exchange -> NewsServer.send(exchange, "news");
      HttpFetcher trusting =
          new HttpFetcher(
              "desk@example.org",
              new PublicAddresses(true, new Turncoat("127.0.0.1")),
              certificates.client(),
              Limits.DEFAULT);
      assertThat(trusting.fetch(server.url("/"), Validators.NONE).status()).isEqualTo(200);
      String other = server.url("/").replace("localhost", "news.example");
      assertThatThrownBy(() -> trusting.fetch(other, Validators.NONE))
          .isInstanceOf(IOException.class);
      assertThat(server.paths()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::808:808",
        "2002:a00:1::1",
        "2002:7f00:1::",
        "2001:0:a00:1::808:808",
        "2001:0:808:808::f5ff:fffe",
        "2a00::5efe:10.0.0.1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void isPrivate(String address) throws IOException {
    assertThat(PublicAddresses.isPrivate(InetAddress.getByName(address).getAddress())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "::8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2606:4700:4700::1111",
        "2a00:1450:4001:82a::200e"
      })
  void isPublic(String address) throws IOException {
    assertThat(PublicAddresses.isPrivate(InetAddress.getByName(address).getAddress())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0177.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "127.0.0.01",
        "127.0.0.1.",
        "1.2.3.256",
        "017700000001",
        "1.2.3.4.5",
        "fe80::1%1"
      })
  void anOddFormIsRefusedRatherThanGuessed(String host) {
    PublicAddresses all =
        new PublicAddresses(
            true,
            name -> {
              throw new AssertionError("it is not looked up");
            });
    assertThatThrownBy(() -> all.resolve(host)).isInstanceOf(PublicAddresses.Refused.class);
  }

  @Test
  void aNameOfWhichOneAddressIsPrivateIsRefused() {
    PublicAddresses careful =
        new PublicAddresses(
            false,
            host ->
                new InetAddress[] {
                  InetAddress.getByName("192.0.2.1"), InetAddress.getByName("10.0.0.1")
                });
    assertThatThrownBy(() -> careful.resolve("news.example"))
        .hasMessageContaining("private address");
  }

  /** Lets the one host pass to the loopback address, where the test's servers are. */
  private static DnsResolver outsideIsPublic() {
    PublicAddresses careful = new PublicAddresses(false, new Turncoat("127.0.0.1"));
    PublicAddresses open = new PublicAddresses(true, new Turncoat("127.0.0.1"));
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return host.equals("outside.example") ? open.resolve(host) : careful.resolve(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  private static String at(String host, NewsServer server) {
    return server.url("/").replace("localhost", host);
  }
}
