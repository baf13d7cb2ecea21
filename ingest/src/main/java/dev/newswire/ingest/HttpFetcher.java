// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.PollState;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Fetches feeds over HTTP: conditional requests with the validators verbatim (RFC 9110), redirects
 * followed by hand so that each target is checked, sizes and times capped. Thread-safe.
 */
final class HttpFetcher {

  private static final int MAXIMUM_BYTES = 32 * 1024 * 1024;
  private static final int MAXIMUM_REDIRECTS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final String userAgent;
  private final boolean privateAddresses;

  HttpFetcher(String contact, boolean privateAddresses) {
    this.userAgent = "newswire (+" + contact + ")";
    this.privateAddresses = privateAddresses;
  }

  /**
   * What a server answered.
   *
   * @param status 200 or 304
   * @param body empty unless 200
   */
  record Fetched(
      int status,
      byte[] body,
      Optional<String> mediaType,
      Optional<String> etag,
      Optional<String> lastModified) {}

  /** Fetches what has changed since the last poll; any other answer is an error that names it. */
  Fetched fetch(String url, Optional<PollState> last) throws IOException {
    URI target = uri(url);
    for (int redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = send(target, last);
      try (InputStream body = response.body()) {
        int status = response.statusCode();
        if (status >= 301 && status <= 308 && status != 304) {
          target = redirect(target, response);
          continue;
        }
        if (status != 200 && status != 304) {
          throw new IOException("the server answered " + status);
        }
        return new Fetched(
            status,
            status == 200 ? read(response, body) : new byte[0],
            response.headers().firstValue("Content-Type"),
            response.headers().firstValue("ETag"),
            response.headers().firstValue("Last-Modified"));
      }
    }
    throw new IOException("more than " + MAXIMUM_REDIRECTS + " redirects");
  }

  private HttpResponse<InputStream> send(URI target, Optional<PollState> last) throws IOException {
    checkAddress(target);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(TIMEOUT)
            .header("User-Agent", userAgent)
            .header("Accept-Encoding", "gzip");
    last.map(PollState::getEtag).ifPresent(etag -> request.header("If-None-Match", etag));
    last.map(PollState::getLastModified)
        .ifPresent(moment -> request.header("If-Modified-Since", moment));
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  private static byte[] read(HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    boolean zipped =
        response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    try (InputStream content = zipped ? new GZIPInputStream(body) : body) {
      byte[] bytes = content.readNBytes(MAXIMUM_BYTES + 1);
      if (bytes.length > MAXIMUM_BYTES) {
        throw new IOException("the answer is larger than " + MAXIMUM_BYTES + " bytes");
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
    for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
      if (address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || address.isMulticastAddress()
          || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc)) {
        throw new IOException(
            target.getHost() + " is on a private address, which --private-addresses allows");
      }
    }
  }
}
