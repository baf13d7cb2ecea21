// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Fetches over HTTP: conditional requests with the validators verbatim (RFC 9110), redirects
 * followed by hand so that each target is checked, sizes and times capped. Thread-safe.
 */
final class HttpFetcher {

  private static final int MAXIMUM_REDIRECTS = 5;

  private final HttpClient client;
  private final String userAgent;
  private final boolean privateAddresses;
  private final Limits limits;

  /**
   * Caps on one fetch.
   *
   * @param bytes of the body, after unpacking
   * @param time for the whole of it, each redirect anew
   */
  record Limits(int bytes, Duration time) {

    static final Limits DEFAULT = new Limits(32 * 1024 * 1024, Duration.ofSeconds(60));
  }

  /** What a server gave with an answer, for the next request to be conditional on it. */
  record Validators(Optional<String> etag, Optional<String> lastModified) {

    static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
  }

  /**
   * What a server answered.
   *
   * @param status the last one, after redirects
   * @param headers of that answer
   * @param body unpacked; empty unless the status is 200
   * @param movedTo where the URL has moved to for good; empty where it has not
   */
  record Fetched(int status, HttpHeaders headers, byte[] body, Optional<URI> movedTo) {

    Optional<String> header(String name) {
      return headers.firstValue(name);
    }
  }

  HttpFetcher(String contact, boolean privateAddresses) {
    this(contact, privateAddresses, Limits.DEFAULT);
  }

  HttpFetcher(String contact, boolean privateAddresses, Limits limits) {
    this(contact, privateAddresses, limits, HttpClient.newBuilder());
  }

  /** A fetcher whose client has settings of its own: whom it trusts. */
  HttpFetcher(String contact, boolean privateAddresses, Limits limits, HttpClient.Builder builder) {
    this.userAgent = "newswire (+" + contact + ")";
    this.privateAddresses = privateAddresses;
    this.limits = limits;
    client =
        builder.connectTimeout(limits.time()).followRedirects(HttpClient.Redirect.NEVER).build();
  }

  private HttpFetcher(HttpFetcher other, Limits limits) {
    userAgent = other.userAgent;
    privateAddresses = other.privateAddresses;
    client = other.client;
    this.limits = limits;
  }

  /** The same fetcher with other caps. */
  HttpFetcher withLimits(Limits other) {
    return new HttpFetcher(this, other);
  }

  /** Decides on each address, those of redirects too, before it is asked. */
  interface Gate {

    /**
     * Lets an address pass.
     *
     * @throws IOException where it must not be asked; its message says why
     */
    void check(URI target) throws IOException;
  }

  /**
   * Fetches, unless nothing has changed.
   *
   * @throws IOException where there is no answer, or none that can be used; its message says why
   */
  Fetched fetch(String url, Validators validators) throws IOException {
    return fetch(url, validators, target -> {});
  }

  /**
   * Fetches what a gate lets pass.
   *
   * @throws IOException where there is no answer, or none that can be used; its message says why
   */
  Fetched fetch(String url, Validators validators, Gate gate) throws IOException {
    URI target = uri(url);
    Optional<URI> movedTo = Optional.empty();
    boolean forGood = true;
    for (int redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
      checkAddress(target);
      gate.check(target);
      HttpResponse<byte[]> response = send(target, validators);
      int status = response.statusCode();
      if (!isRedirect(status)) {
        byte[] body = status == 200 ? unpack(response) : new byte[0];
        return new Fetched(status, response.headers(), body, movedTo);
      }
      target = redirect(target, response);
      // Only as far as every step was for good may the new address be remembered.
      forGood = forGood && (status == 301 || status == 308);
      if (forGood) {
        movedTo = Optional.of(target);
      }
    }
    throw new IOException("more than " + MAXIMUM_REDIRECTS + " redirects");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /**
   * Posts a form; redirects that keep the method are followed.
   *
   * @return the last answer's status
   * @throws IOException where there is no answer; its message says why
   */
  int post(String url, String form) throws IOException {
    URI target = uri(url);
    for (int redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
      checkAddress(target);
      HttpRequest.Builder request =
          request(target)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form));
      HttpResponse<byte[]> response = send(request);
      if (response.statusCode() != 307 && response.statusCode() != 308) {
        return response.statusCode();
      }
      target = redirect(target, response);
    }
    throw new IOException("more than " + MAXIMUM_REDIRECTS + " redirects");
  }

  private HttpRequest.Builder request(URI target) throws IOException {
    try {
      return HttpRequest.newBuilder(target)
          .timeout(limits.time())
          .header("User-Agent", userAgent)
          .header("Accept-Encoding", "gzip");
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + target + "' can't be asked: " + e.getMessage(), e);
    }
  }

  private HttpResponse<byte[]> send(URI target, Validators validators) throws IOException {
    HttpRequest.Builder request = request(target);
    try {
      validators.etag().ifPresent(etag -> request.header("If-None-Match", etag));
      validators.lastModified().ifPresent(moment -> request.header("If-Modified-Since", moment));
    } catch (IllegalArgumentException e) {
      throw new IOException("the last answer's validators can't be sent: " + e.getMessage(), e);
    }
    return send(request);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    HttpRequest built = request.build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(built, info -> new CappedBody(limits.bytes()));
    try {
      return answer.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + limits.time().toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    } catch (ExecutionException e) {
      throw new IOException(NoAnswer.reason(e.getCause(), built.uri().getHost()), e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private byte[] unpack(HttpResponse<byte[]> response) throws IOException {
    boolean zipped =
        response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    if (!zipped) {
      return response.body();
    }
    try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      byte[] bytes = content.readNBytes(limits.bytes() + 1);
      if (bytes.length > limits.bytes()) {
        throw new IOException("the answer is larger than " + limits.bytes() + " bytes, unpacked");
      }
      return bytes;
    }
  }

  private static URI redirect(URI from, HttpResponse<?> response) throws IOException {
    String location =
        response
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("a redirect without a Location"));
    return from.resolve(uri(location));
  }

  private static URI uri(String text) throws IOException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IOException("'" + text + "' is no URL", e);
    }
  }

  private void checkAddress(URI target) throws IOException {
    if (target.getHost() == null || !String.valueOf(target.getScheme()).matches("https?")) {
      throw new IOException("'" + target + "' is no http or https URL");
    }
    if (privateAddresses) {
      return;
    }
    for (InetAddress address : addresses(target.getHost())) {
      if (isPrivate(address)) {
        throw new IOException(
            target.getHost() + " is on a private address, which this ingest does not allow");
      }
    }
  }

  private static InetAddress[] addresses(String host) throws IOException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new IOException(NoAnswer.reason(e, host), e);
    }
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean carrierGrade =
        bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64; // RFC 6598
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || carrierGrade;
  }
}
