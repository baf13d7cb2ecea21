// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Limits;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent with a credential, and to whom. */
final class CredentialsTest {

  private static final String SECRET = "correct-horse+battery";

  @TempDir private Path folder;
  private NewsServer wire;
  private NewsServer other;
  private final List<HttpExchange> asked = new CopyOnWriteArrayList<>();
  private final List<HttpExchange> othersAsked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    wire = new NewsServer();
    other = new NewsServer("127.0.0.1");
    wire.answer =
        exchange -> {
          asked.add(exchange);
          NewsServer.send(exchange, "hello");
        };
    other.answer =
        exchange -> {
          othersAsked.add(exchange);
          NewsServer.send(exchange, "hello");
        };
  }

  @AfterEach
  void stop() {
    wire.close();
    other.close();
  }

  @Test
  void aUserAndPasswordAreSentUnasked() throws IOException {
    fetch("harbour.user = desk", "harbour.password = " + SECRET);
    String basic = Base64.getEncoder().encodeToString(("desk:" + SECRET).getBytes(UTF_8));
    assertThat(header("Authorization")).isEqualTo("Basic " + basic);
  }

  @Test
  void aBearerTokenIsSent() throws IOException {
    fetch("harbour.bearer = " + SECRET);
    assertThat(header("Authorization")).isEqualTo("Bearer " + SECRET);
  }

  @Test
  void headersAndUserAgentAreItsOwn() throws IOException {
    fetch("harbour.header.X-Api-Key = " + SECRET, "harbour.user-agent = Harbour Reader/3");
    assertThat(header("X-Api-Key")).isEqualTo(SECRET);
    assertThat(header("User-Agent")).isEqualTo("Harbour Reader/3");
  }

  @Test
  void aKeyIsAddedToTheQuery() throws IOException {
    fetch("harbour.query.key = " + SECRET);
    assertThat(asked.get(0).getRequestURI().getRawQuery())
        .isEqualTo("n=1&key=correct-horse%2Bbattery");
  }

  @Test
  void cookiesAreSentBesideThoseOfTheServer() throws IOException {
    wire.answer =
        exchange -> {
          asked.add(exchange);
          if (asked.size() == 1) {
            exchange.getResponseHeaders().add("Set-Cookie", "seen=1");
            exchange.getResponseHeaders().add("Location", "/again");
            exchange.sendResponseHeaders(302, -1);
          } else {
            NewsServer.send(exchange, "hello");
          }
        };
    fetch("harbour.cookie.session = " + SECRET);
    assertThat(asked.get(0).getRequestHeaders().getFirst("Cookie")).isEqualTo("session=" + SECRET);
    assertThat(asked.get(1).getRequestHeaders().getFirst("Cookie"))
        .contains("session=" + SECRET, "seen=1");
  }

  @Test
  void aValueIsTakenFromTheEnvironment() throws IOException {
    fetch("harbour.bearer = ${HARBOUR_TOKEN}");
    assertThat(header("Authorization")).isEqualTo("Bearer of the environment");
  }

  @Test
  void nothingGoesToAnotherHostAlsoByARedirect() throws IOException {
    wire.answer =
        exchange -> {
          asked.add(exchange);
          exchange.getResponseHeaders().add("Location", other.url("/elsewhere?n=2"));
          exchange.sendResponseHeaders(302, -1);
        };
    fetch(
        "harbour.user = desk",
        "harbour.password = " + SECRET,
        "harbour.header.X-Api-Key = " + SECRET,
        "harbour.query.key = " + SECRET,
        "harbour.cookie.session = " + SECRET);
    HttpExchange elsewhere = othersAsked.get(0);
    assertThat(elsewhere.getRequestURI().getRawQuery()).isEqualTo("n=2");
    assertThat(elsewhere.getRequestHeaders())
        .doesNotContainKeys("Authorization", "X-api-key", "Cookie");
  }

  @Test
  void nothingGoesOverPlainHttpUnlessThatIsAllowed() throws IOException {
    String host = "harbour.host = " + host(wire);
    fetcher(host, "harbour.bearer = " + SECRET).fetch(wire.url("/"), Validators.NONE);
    assertThat(asked.get(0).getRequestHeaders()).doesNotContainKey("Authorization");
  }

  @Test
  void whatTheServerRepeatsOfItIsHidden() throws IOException {
    wire.answer =
        exchange -> {
          asked.add(exchange);
          if (asked.size() == 1) {
            exchange.getResponseHeaders().add("Location", "/moved?n=1&key=correct-horse%2Bbattery");
            exchange.sendResponseHeaders(301, -1);
            return;
          }
          exchange.getResponseHeaders().add("Link", "<http://x/?key=" + SECRET + ">; rel=\"self\"");
          NewsServer.send(
              exchange, "<link>http://x/?key=correct-horse%2Bbattery</link> of " + SECRET);
        };
    Fetched fetched = fetch("harbour.query.key = " + SECRET);
    assertThat(fetched.movedTo()).contains(URI.create(wire.url("/moved?n=1")));
    assertThat(asked.get(1).getRequestURI().getRawQuery()).endsWith("&key=correct-horse%2Bbattery");
    assertThat(new String(fetched.body(), UTF_8))
        .doesNotContain("horse")
        .contains("<link>", " of ");
    assertThat(fetched.header("Link").orElseThrow()).doesNotContain("horse");
  }

  @Test
  void aProxyIsAskedForThePageAndToldWhoAsks() throws IOException {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      serve(proxy, heads);
      HttpFetcher through =
          fetcher(
              "harbour.proxy = http://localhost:" + proxy.getLocalPort(),
              "harbour.proxy-user = desk",
              "harbour.proxy-password = " + SECRET);
      Fetched fetched = through.fetch("http://wire.invalid/feed", Validators.NONE);
      assertThat(fetched.status()).isEqualTo(200);
    }
    String basic = Base64.getEncoder().encodeToString(("desk:" + SECRET).getBytes(UTF_8));
    assertThat(heads.get(0)).startsWith("GET http://wire.invalid/feed");
    assertThat(heads.get(heads.size() - 1)).contains("Proxy-Authorization: Basic " + basic);
  }

  @Test
  void noProxyLeadsToAPrivateAddress() throws IOException {
    Credential credential = credential("harbour.proxy = http://localhost:9");
    HttpFetcher careful = new HttpFetcher("desk@example.org", false).with(credential);
    assertThatThrownBy(() -> careful.fetch("http://169.254.169.254/", Validators.NONE))
        .hasMessageContaining("private address");
  }

  private static void serve(ServerSocket proxy, List<String> heads) {
    Thread thread =
        new Thread(
            () -> {
              while (!proxy.isClosed()) {
                try (Socket connection = proxy.accept()) {
                  String head = head(connection.getInputStream());
                  heads.add(head);
                  String answer =
                      head.contains("Proxy-Authorization")
                          ? "200 OK\r\n"
                          : "407 Who asks?\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n";
                  OutputStream out = connection.getOutputStream();
                  out.write(
                      ("HTTP/1.1 " + answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                          .getBytes(UTF_8));
                  out.flush();
                } catch (IOException e) {
                  // The test closes the socket at its end.
                  assertThat(e).isNotNull();
                }
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        break;
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  @Test
  void aCertificateIsShownToItsHostAndToNoOther() throws Exception {
    Certificates certificates = Certificates.make(folder);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "desk",
        certificates.key(),
        SECRET.toCharArray(),
        new Certificate[] {certificates.valid(), certificates.issuer()});
    Path own = Files.createFile(folder.resolve("desk.p12"), onlyOwner());
    try (OutputStream out = Files.newOutputStream(own)) {
      store.store(out, SECRET.toCharArray());
    }
    Path issuer = folder.resolve("issuer.pem");
    Files.writeString(
        issuer,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificates.issuer().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    HttpsServer server = wantsCertificate(certificates);
    try {
      String host = "localhost:" + server.getAddress().getPort();
      List<String> lines = new ArrayList<>();
      lines.add("harbour.certificate = desk.p12");
      lines.add("harbour.certificate-password = " + SECRET);
      lines.add("harbour.authority = issuer.pem");
      String[] file = lines.toArray(new String[3]);
      HttpFetcher trusting =
          new HttpFetcher(
              "desk@example.org", new PublicAddresses(true), certificates.client(), Limits.DEFAULT);
      HttpFetcher right = trusting.with(credential(with(file, "harbour.host = " + host)));
      assertThat(right.fetch("https://" + host + "/", Validators.NONE).status()).isEqualTo(200);
      HttpFetcher wrong = trusting.with(credential(with(file, "harbour.host = wire.example.org")));
      assertThatThrownBy(() -> wrong.fetch("https://" + host + "/", Validators.NONE))
          .isInstanceOf(IOException.class);
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer wantsCertificate(Certificates certificates) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        certificates.key(),
        "changeit".toCharArray(),
        new Certificate[] {certificates.valid(), certificates.issuer()});
    store.setCertificateEntry("issuer", certificates.issuer());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/", exchange -> NewsServer.send(exchange, "hello"));
    server.start();
    return server;
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Path file = file("harbour.bearer = " + SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Credentials.read(file, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is open to others than its owner");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "harbour.bearer = correct-horse | harbour.host is missing",
        "harbour.password = correct-horse | harbour.user is missing",
        "harbour.passwrod = correct-horse | harbour.passwrod is no key of a credential",
        "correct = horse | 'correct' is not NAME.KEY",
        "harbour.proxy = http://desk:correct-horse@x:1 | harbour.proxy is not http://HOST:PORT",
        "harbour.header.Host = correct-horse | harbour.header.Host can't be set",
        "harbour.header.X Y = correct-horse | harbour.header.X",
        "harbour.bearer = correct\\nhorse | holds a control character",
        "harbour.bearer = ${NO_SUCH_HORSE} | the variable NO_SUCH_HORSE is not set",
        "harbour.http = correct-horse | harbour.http is not 'allowed'"
      })
  void aFaultNamesTheKeyAndNeverTheValue(String line, String message) throws IOException {
    Path file = file(line.replace("X Y", "X\\ Y"));
    assertThatThrownBy(() -> Credentials.read(file, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("correct-horse");
  }

  @Test
  void aNameThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> Credentials.NONE.of(Optional.of("harbour")))
        .hasMessage("this instance has no credential 'harbour'");
  }

  private Fetched fetch(String... lines) throws IOException {
    String[] all = with(with(lines, "harbour.http = allowed"), "harbour.host = " + host(wire));
    return fetcher(all).fetch(wire.url("/feed?n=1"), Validators.NONE);
  }

  private static String[] with(String[] lines, String line) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(line);
    return all.toArray(new String[0]);
  }

  private static String host(NewsServer server) {
    return URI.create(server.url("/")).getAuthority();
  }

  private HttpFetcher fetcher(String... lines) throws IOException {
    Limits soon = new Limits(100_000, Duration.ofSeconds(20));
    return new HttpFetcher("desk@example.org", true, soon).with(credential(lines));
  }

  private Credential credential(String... lines) throws IOException {
    Map<String, String> environment = Map.of("HARBOUR_TOKEN", "of the environment");
    return Credentials.read(file(lines), environment).of(Optional.of("harbour"));
  }

  private Path file(String... lines) throws IOException {
    Path file = folder.resolve("credentials");
    Files.deleteIfExists(file);
    Files.createFile(file, onlyOwner());
    return Files.write(file, List.of(lines));
  }

  private static java.nio.file.attribute.FileAttribute<?> onlyOwner() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  private String header(String name) {
    return asked.get(0).getRequestHeaders().getFirst(name);
  }
}
