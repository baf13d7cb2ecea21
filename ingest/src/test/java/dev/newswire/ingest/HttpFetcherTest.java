// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Limits;
import dev.newswire.ingest.HttpFetcher.Validators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that misbehave: each is an answer, or an error that says what is wrong; none hangs. */
final class HttpFetcherTest {

  private static final int CAP = 100_000;
  private final HttpFetcher fetcher =
      new HttpFetcher("desk@example.org", true, new Limits(CAP, Duration.ofSeconds(2)));
  private ServerSocket server;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Script script;
  private volatile Consumer<String> request = head -> {};

  /** What the server writes on a connection after it has read the request's head. */
  private interface Script {
    void run(OutputStream out) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "misbehaving-server");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    stopped.countDown();
    server.close();
  }

  private void serve() {
    try {
      while (stopped.getCount() > 0) {
        Socket connection = server.accept();
        Thread thread = new Thread(() -> answer(connection), "misbehaving-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      if (stopped.getCount() > 0) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      StringBuilder head = new StringBuilder();
      int newlines = 0;
      while (newlines < 2) {
        int read = connection.getInputStream().read();
        if (read < 0) {
          return;
        }
        head.append((char) read);
        newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
      }
      request.accept(head.toString());
      script.run(connection.getOutputStream());
    } catch (IOException e) {
      // The client has had enough, which is what the test is about.
      assertThat(e).isNotNull();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aWholeAnswerIsTaken() throws IOException {
    script = out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(fetch().body()).isEqualTo("hello".getBytes(UTF_8));
  }

  @Test
  void anAnswerWithoutALengthEndsWithTheConnection() throws IOException {
    script = out -> write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
    assertThat(fetch().body()).isEqualTo("hello".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a body that breaks off|ended early|HTTP/1.1 200 OK~Content-Length: 500~~hello",
        "a chunk that breaks off|ended early|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ff~hello",
        "a chunk whose size is no number|no valid HTTP|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~xyz~hello",
        "a length that is no number|no valid HTTP|HTTP/1.1 200 OK~Content-Length: banana~~hello",
        "no HTTP at all|no valid HTTP|hello~~",
        "a status line that breaks off|no valid HTTP|HTTP/1.1 2",
        "a status that is no number|no valid HTTP|HTTP/1.1 abc OK~~",
        "nothing|ended early|",
        "a redirect to nowhere|without a Location|HTTP/1.1 302 Found~Content-Length: 0~~",
        "a redirect to a file|no http or https URL|HTTP/1.1 302 Found~Location: file:///etc/passwd~Content-Length: 0~~",
        "a redirect to no URL|is no URL|HTTP/1.1 302 Found~Location: http://[~Content-Length: 0~~",
        "a redirect to itself|more than 5 redirects|HTTP/1.1 301 Moved~Location: /~Content-Length: 0~~",
      })
  void isAnErrorThatSaysWhy(String what, String why, String answer) {
    script = out -> write(out, answer == null ? "" : answer.replace("~", "\r\n"));
    assertThatThrownBy(this::fetch)
        .as(what)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aBodyWithoutEndIsCutOffAtTheCap() {
    script =
        out -> {
          write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
          while (true) {
            write(out, "x".repeat(10_000));
          }
        };
    assertThatThrownBy(this::fetch).hasMessageContaining("larger than " + CAP);
  }

  @Test
  void aGzipBombIsCutOffAtTheCap() {
    script =
        out -> {
          ByteArrayOutputStream bomb = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[20 * CAP]);
          }
          write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + bomb.size()
                  + "\r\n\r\n");
          out.write(bomb.toByteArray());
        };
    assertThatThrownBy(this::fetch).hasMessageContaining("unpacked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "none", "utf-8", "gzip, gzip"})
  void aFalseContentEncodingIsTakenForNone(String encoding) throws IOException {
    script =
        out ->
            write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Encoding: "
                    + encoding
                    + "\r\nContent-Length: 6\r\n\r\n<rss/>");
    assertThat(fetch().body()).isEqualTo("<rss/>".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, H4sIAAAAAAACA7MpKi7WtwMAZykovQYAAAA=",
    "deflate, eJyzKSou1rcDAAdpAgI=",
    "deflate, sykqLta3AwA=",
    "br, iwKAPHJzcy8+Aw=="
  })
  void whatIsPackedIsUnpacked(String encoding, String packed) throws IOException {
    byte[] body = Base64.getDecoder().decode(packed);
    script =
        out -> {
          write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Encoding: "
                  + encoding
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n");
          out.write(body);
        };
    assertThat(fetch().body()).isEqualTo("<rss/>".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/a b;/a%20b",
        "/a|b;/a%7Cb",
        "/caf\u00c3\u00a9;/caf%C3%A9",
        "/caf\u00e9;/caf%C3%A9",
        "?page=2;/?page=2",
        "next;/next",
        "/a#b;/a"
      })
  void aLocationWithOddCharactersIsFollowed(String location, String path) throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    request = asked::add;
    script =
        out ->
            write(
                out,
                asked.size() == 1
                    ? "HTTP/1.1 302 Found\r\nLocation: "
                        + location
                        + "\r\nContent-Length: 0\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(fetch().status()).isEqualTo(200);
    assertThat(asked.get(1)).startsWith("GET " + path + " HTTP/1.1\r\n");
  }

  @Test
  void cookiesAreKeptWithinAFetchAndForgottenAfterIt() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    request = asked::add;
    script =
        out ->
            write(
                out,
                asked.get(asked.size() - 1).contains("Cookie: seen=1")
                    ? answer("200 OK")
                    : answer("302 Found", "Set-Cookie: seen=1; Path=/", "Location: /"));
    assertThat(fetch().status()).isEqualTo(200);
    assertThat(fetch().status()).isEqualTo(200);
    assertThat(asked).hasSize(4);
    assertThat(asked.get(2)).doesNotContain("Cookie");
  }

  private static String answer(String status, String... headers) {
    return "HTTP/1.1 "
        + status
        + Stream.of(headers).map(header -> "\r\n" + header).collect(Collectors.joining())
        + "\r\nContent-Length: 0\r\n\r\n";
  }

  @Test
  void whatIsAcceptedIsSaidAndNoOtherProtocolOffered() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    request = asked::add;
    script = out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    fetch();
    assertThat(asked.get(0))
        .contains("Accept: application/atom+xml", "Accept-Encoding: gzip, deflate, br\r\n")
        .contains("User-Agent: newswire (+desk@example.org)\r\n")
        .doesNotContainIgnoringCase("Upgrade");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"})
  void aServerThatFallsSilentIsGivenUp(String begin) {
    script =
        out -> {
          write(out, begin);
          stopped.await();
        };
    assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatDripsIsGivenUp() {
    script =
        out -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
          while (!stopped.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            write(out, "x");
          }
        };
    assertThatThrownBy(this::fetch).hasMessageContaining("no whole answer within 2 s");
  }

  @Test
  void a304WithoutValidatorsIsA304() throws IOException {
    script = out -> write(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
    Fetched fetched = fetch();
    assertThat(fetched.status()).isEqualTo(304);
    assertThat(fetched.header("ETag")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 429, 500, 503})
  void anErrorIsGivenAsItIs(int status) throws IOException {
    script = out -> write(out, "HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno");
    assertThat(fetch().status()).isEqualTo(status);
    assertThat(fetch().body()).isEmpty();
  }

  @Test
  void aPortThatNobodyListensOnIsAnError() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> fetcher.fetch("http://localhost:" + port + "/", Validators.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("connection refused");
  }

  @Test
  void aHostThatThereIsNotIsAnErrorThatNamesIt() {
    HttpFetcher careful = new HttpFetcher("desk@example.org", false);
    for (HttpFetcher each : List.of(fetcher, careful)) {
      assertThatThrownBy(() -> each.fetch("http://nowhere.invalid/", Validators.NONE))
          .isInstanceOf(IOException.class)
          .hasMessage("unknown host nowhere.invalid");
    }
  }

  @Test
  void tlsThatIsNoneIsAnError() {
    script = out -> write(out, "HTTP/1.1 200 OK\r\n\r\n");
    String url = "https://localhost:" + server.getLocalPort() + "/";
    assertThatThrownBy(() -> fetcher.fetch(url, Validators.NONE)).isInstanceOf(IOException.class);
  }

  @Test
  void aCertificateThatHasExpiredIsAnErrorAndAValidOneOfTheSameIssuerIsNot(@TempDir Path folder)
      throws Exception {
    Certificates certificates = Certificates.make(folder);
    HttpFetcher trusting =
        new HttpFetcher(
            "desk@example.org", new PublicAddresses(true), certificates.client(), Limits.DEFAULT);
    try (NewsServer valid = new NewsServer(certificates.server(certificates.valid()));
        NewsServer expired = new NewsServer(certificates.server(certificates.expired()))) {
      valid.answer = exchange -> NewsServer.send(exchange, "hello");
      expired.answer = valid.answer;
      assertThat(trusting.fetch(valid.url("/"), Validators.NONE).status()).isEqualTo(200);
      assertThatThrownBy(() -> trusting.fetch(expired.url("/"), Validators.NONE))
          .isInstanceOf(IOException.class)
          .hasMessage("the certificate has expired");
      assertThatThrownBy(() -> fetcher.fetch(valid.url("/"), Validators.NONE))
          .isInstanceOf(IOException.class)
          .hasMessage("the certificate is not trusted");
      assertThat(expired.paths()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://224.0.0.1/"
      })
  void privateAddressesAreRefused(String url) {
    HttpFetcher careful = new HttpFetcher("desk@example.org", false);
    assertThatThrownBy(() -> careful.fetch(url, Validators.NONE))
        .hasMessageContaining("private address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://example.org/", "example.org", "http:///x", "%"})
  void whatIsNoWebAddressIsRefused(String url) {
    assertThatThrownBy(() -> fetcher.fetch(url, Validators.NONE)).isInstanceOf(IOException.class);
  }

  private Fetched fetch() throws IOException {
    return fetcher.fetch("http://localhost:" + server.getLocalPort() + "/", Validators.NONE);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }
}
