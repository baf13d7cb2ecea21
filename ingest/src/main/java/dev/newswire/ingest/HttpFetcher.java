// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.Credential.Proxy;
import dev.newswire.ingest.HttpExchanges.Answer;
import dev.newswire.ingest.HttpExchanges.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Fetches over HTTP: conditional requests with the validators verbatim (RFC 9110), redirects
 * followed by hand so that each target is checked, sizes and times capped. Cookies live as long as
 * one fetch. Thread-safe.
 */
final class HttpFetcher {

  private static final int MAXIMUM_REDIRECTS = 5;
  private static final String FEEDS =
      "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
          + " application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";
  private static final String PAGES = "text/html, application/xhtml+xml, */*;q=0.8";

  private final DnsResolver addresses;
  private final SSLContext trust;

  /** Requests to hosts that the credential is not for. */
  private final HttpExchanges exchanges;

  /** Requests to hosts that it is for: only they are shown its certificate. */
  private final HttpExchanges own;

  private final Credential credential;
  private final String userAgent;
  private final String accept;
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
    this(contact, new PublicAddresses(privateAddresses), SSLContexts.createDefault(), limits);
  }

  /**
   * A fetcher of its own means.
   *
   * @param addresses resolves each host that is connected to, and refuses those that must not be
   * @param trust says whom it trusts under TLS
   */
  HttpFetcher(String contact, DnsResolver addresses, SSLContext trust, Limits limits) {
    this(
        addresses,
        trust,
        new HttpExchanges(addresses, trust),
        "newswire (+" + contact + ")",
        FEEDS,
        limits);
  }

  private HttpFetcher(
      DnsResolver addresses,
      SSLContext trust,
      HttpExchanges exchanges,
      String userAgent,
      String accept,
      Limits limits) {
    this.addresses = addresses;
    this.trust = trust;
    this.exchanges = exchanges;
    this.own = exchanges;
    this.credential = Credential.NONE;
    this.userAgent = userAgent;
    this.accept = accept;
    this.limits = limits;
  }

  /** Another one's fetcher, in some things different. */
  private HttpFetcher(HttpFetcher other, String accept, Limits limits) {
    this.addresses = other.addresses;
    this.trust = other.trust;
    this.exchanges = other.exchanges;
    this.own = other.own;
    this.credential = other.credential;
    this.userAgent = other.userAgent;
    this.accept = accept;
    this.limits = limits;
  }

  private HttpFetcher(HttpFetcher other, Credential credential) {
    this.addresses = other.addresses;
    this.trust = other.trust;
    Optional<Proxy> proxy = credential.proxy();
    this.exchanges =
        proxy.isEmpty() ? other.exchanges : new HttpExchanges(other.addresses, trust, proxy);
    this.own =
        credential
            .tls()
            .map(tls -> new HttpExchanges(other.addresses, tls, proxy))
            .orElse(exchanges);
    this.credential = credential;
    this.userAgent = credential.userAgent().orElse(other.userAgent);
    this.accept = other.accept;
    this.limits = other.limits;
  }

  /** The same fetcher with a credential, which is sent to its own hosts alone. */
  HttpFetcher with(Credential other) {
    return new HttpFetcher(this, other);
  }

  /** The same fetcher with other caps. */
  HttpFetcher withLimits(Limits other) {
    return new HttpFetcher(this, accept, other);
  }

  /** The same fetcher, for web pages rather than feeds. */
  HttpFetcher forPages() {
    return new HttpFetcher(this, PAGES, limits);
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
    HttpClientContext context = exchanges.context();
    Optional<URI> movedTo = Optional.empty();
    boolean forGood = true;
    for (int redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
      checkIsWeb(target);
      gate.check(target);
      if (!credential.cookies().isEmpty()) {
        context = credential.isFor(target) ? withCookies(context, target) : exchanges.context();
      }
      Answer answer = get(target, validators, context);
      int status = answer.status();
      if (!isRedirect(status)) {
        byte[] body = status == 200 ? unpack(answer) : answer.body();
        return new Fetched(status, hidden(answer.headers()), credential.hide(body), movedTo);
      }
      target = credential.unsigned(redirect(target, answer));
      // Only as far as every step was for good may the new address be remembered.
      forGood = forGood && (status == 301 || status == 308) && isOpen(target);
      if (forGood) {
        movedTo = Optional.of(target);
      }
    }
    throw new IOException("more than " + MAXIMUM_REDIRECTS + " redirects");
  }

  /** Whether an address may be remembered: one that repeats a secret may not. */
  private boolean isOpen(URI target) {
    return credential.hide(target.toString()).equals(target.toString());
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
    HttpClientContext context = exchanges.context();
    for (int redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
      checkIsWeb(target);
      Request request = new Request(target, headers("*/*"), Optional.of(form));
      Answer answer = exchanges.send(request, context, limits);
      if (answer.status() != 307 && answer.status() != 308) {
        return answer.status();
      }
      target = redirect(target, answer);
    }
    throw new IOException("more than " + MAXIMUM_REDIRECTS + " redirects");
  }

  private Answer get(URI target, Validators validators, HttpClientContext context)
      throws IOException {
    Map<String, String> headers = headers(accept);
    validators.etag().ifPresent(etag -> headers.put("If-None-Match", etag));
    validators.lastModified().ifPresent(moment -> headers.put("If-Modified-Since", moment));
    if (!credential.isFor(target)) {
      return exchanges.send(new Request(target, headers, Optional.empty()), context, limits);
    }
    headers.putAll(credential.headers());
    Request request = new Request(credential.signed(target), headers, Optional.empty());
    return own.send(request, context, limits);
  }

  /** Adds the credential's cookies, unless the server has set others of their names since. */
  private HttpClientContext withCookies(HttpClientContext context, URI target) {
    CookieStore store = context.getCookieStore();
    credential
        .cookies()
        .forEach(
            (name, value) -> {
              if (store.getCookies().stream().noneMatch(set -> set.getName().equals(name))) {
                BasicClientCookie cookie = new BasicClientCookie(name, value);
                cookie.setDomain(target.getHost());
                cookie.setPath("/");
                store.addCookie(cookie);
              }
            });
    return context;
  }

  /** Headers without what an answer repeats of the credential. */
  private HttpHeaders hidden(HttpHeaders headers) {
    Map<String, List<String>> clean = new LinkedHashMap<>();
    headers
        .map()
        .forEach((name, values) -> clean.put(name, values.stream().map(credential::hide).toList()));
    return HttpHeaders.of(clean, (name, value) -> true);
  }

  private Map<String, String> headers(String accepted) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", userAgent);
    headers.put("Accept", accepted);
    headers.put("Accept-Encoding", HttpAnswers.ACCEPTED_ENCODINGS);
    return headers;
  }

  private byte[] unpack(Answer answer) throws IOException {
    List<String> encodings = answer.headers().allValues("Content-Encoding");
    return HttpAnswers.unpack(answer.body(), encodings, limits.bytes());
  }

  private static URI redirect(URI from, Answer answer) throws IOException {
    String location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("a redirect without a Location"));
    return WebAddress.location(from, location);
  }

  private static URI uri(String text) throws IOException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IOException("'" + text + "' is no URL", e);
    }
  }

  private void checkIsWeb(URI target) throws IOException {
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    if (target.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IOException("'" + target + "' is no http or https URL");
    }
    if (credential.proxy().isPresent()) {
      checkBehindProxy(target.getHost());
    }
  }

  /** What only the proxy can resolve is the proxy's affair. */
  private void checkBehindProxy(String host) throws IOException {
    try {
      addresses.resolve(host);
    } catch (PublicAddresses.Refused e) {
      throw new IOException(e.getMessage(), e);
    } catch (UnknownHostException e) {
      // Then the proxy knows it, or says that nobody does.
    }
  }
}
