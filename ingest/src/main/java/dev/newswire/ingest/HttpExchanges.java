// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Credential.Proxy;
import dev.newswire.ingest.HttpFetcher.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Single requests over HTTP/1.1, each on a connection of its own to an address that the resolver
 * let pass. Nothing is retried, followed or unpacked here. Thread-safe.
 */
final class HttpExchanges {

  private static final Timeout CONNECT = Timeout.ofSeconds(10);
  private static final ContentType FORM =
      ContentType.APPLICATION_FORM_URLENCODED.withCharset((Charset) null);
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int MOST_HEADERS = 500;

  private final CloseableHttpClient client;

  /** Whether the proxy asks who one is; servers get what the credential says, unasked. */
  private final boolean proxyLogin;

  /** Daemons that end when idle, so that nobody has to close a fetcher. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "newswire-http");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A request.
   *
   * @param form sent by POST where there is one; otherwise it is a GET
   */
  record Request(URI target, Map<String, String> headers, Optional<String> form) {}

  /**
   * What came back.
   *
   * @param body as it came, still packed; empty unless the status is 200
   */
  record Answer(int status, HttpHeaders headers, byte[] body) {}

  /** Exchanges with hosts that a resolver lets pass, under TLS with those whom a context trusts. */
  HttpExchanges(DnsResolver addresses, SSLContext trust) {
    this(addresses, trust, Optional.empty());
  }

  /**
   * Exchanges through a proxy, where there is one. Then the resolver is not asked: the proxy's own
   * host may be a private one, and what lies behind it only the proxy can resolve.
   */
  HttpExchanges(DnsResolver addresses, SSLContext trust, Optional<Proxy> proxy) {
    proxyLogin = proxy.flatMap(Proxy::login).isPresent();
    DnsResolver resolver = proxy.isPresent() ? SystemDefaultDnsResolver.INSTANCE : addresses;
    HttpClientBuilder builder = HttpClients.custom();
    proxy.ifPresent(through -> goThrough(builder, through));
    client =
        builder
            .setConnectionManager(connections(resolver, trust))
            .setConnectionReuseStrategy((request, response, context) -> false)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableAuthCaching()
            .disableDefaultUserAgent()
            .disableConnectionState()
            .build();
  }

  private static void goThrough(HttpClientBuilder builder, Proxy proxy) {
    HttpHost host = new HttpHost("http", proxy.address().getHost(), proxy.address().getPort());
    builder.setProxy(host);
    BasicCredentialsProvider logins = new BasicCredentialsProvider();
    proxy
        .login()
        .ifPresent(
            login ->
                logins.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(login.user(), login.password().toCharArray())));
    builder.setDefaultCredentialsProvider(logins);
  }

  private static HttpClientConnectionManager connections(DnsResolver addresses, SSLContext trust) {
    Http1Config http =
        Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(addresses)
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(http)
                // The client's own skips whatever stands before a status line.
                .responseParserFactory(new DefaultHttpResponseParserFactory(http))
                .build())
        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(Timeout.ofMinutes(1)).build())
        .setMaxConnTotal(Integer.MAX_VALUE)
        .setMaxConnPerRoute(Integer.MAX_VALUE)
        .build();
  }

  /** What requests share that belong together: cookies. */
  HttpClientContext context() {
    HttpClientContext context = HttpClientContext.create();
    context.setCookieStore(new BasicCookieStore());
    return context;
  }

  /**
   * Makes a request.
   *
   * @param context of this and the requests before it; its cookies are sent and added to
   * @throws IOException where there is no answer, or none that can be used; its message says why
   */
  Answer send(Request request, HttpClientContext context, Limits limits) throws IOException {
    HttpUriRequestBase message = message(request, limits.time());
    Future<Answer> answer = threads.submit(() -> exchange(message, context, limits.bytes()));
    try {
      return answer.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + limits.time().toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    } catch (ExecutionException e) {
      throw new IOException(
          NoAnswer.reason(e.getCause(), request.target().getHost()), e.getCause());
    } finally {
      message.cancel();
      answer.cancel(true);
    }
  }

  private HttpUriRequestBase message(Request request, Duration time) {
    boolean isPost = request.form().isPresent();
    HttpUriRequestBase message =
        new HttpUriRequestBase(isPost ? "POST" : "GET", withoutUser(request.target()));
    message.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(time))
            .setAuthenticationEnabled(proxyLogin)
            .setProtocolUpgradeEnabled(false)
            .build());
    message.setHeader("Connection", "close");
    request.headers().forEach(message::setHeader);
    request.form().map(form -> new StringEntity(form, FORM)).ifPresent(message::setEntity);
    return message;
  }

  /** The client refuses an address with a user's name in it, which is no part of a request. */
  private static URI withoutUser(URI target) {
    if (target.getRawUserInfo() == null) {
      return target;
    }
    return URI.create(target.toString().replaceFirst("//[^@/]*@", "//"));
  }

  private Answer exchange(HttpUriRequestBase message, HttpClientContext context, int cap)
      throws IOException {
    try {
      ClassicHttpResponse response = client.executeOpen(null, message, context);
      HttpEntity entity = response.getEntity();
      byte[] body = response.getCode() == 200 && entity != null ? read(entity, cap) : new byte[0];
      return new Answer(response.getCode(), headers(response), body);
    } finally {
      // Closing the answer instead would read the rest of it, however much that is.
      message.cancel();
    }
  }

  private static byte[] read(HttpEntity entity, int cap) throws IOException {
    InputStream content = entity.getContent();
    byte[] bytes = content.readNBytes(cap + 1);
    if (bytes.length > cap) {
      throw new IOException("the answer is larger than " + cap + " bytes");
    }
    return bytes;
  }

  private static HttpHeaders headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      String value = Optional.ofNullable(header.getValue()).orElse("");
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(value);
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }
}
