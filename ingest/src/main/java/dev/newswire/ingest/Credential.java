// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * How one asks for a feed that is not for everybody: what is sent to its hosts, and to them alone,
 * and by which way. Its values never leave it but in requests. Immutable.
 */
final class Credential {

  /** Nothing of one's own. */
  static final Credential NONE = new Builder("none").build();

  /** Shorter ones are not looked for in answers: they may be words of a text. */
  private static final int SHORTEST_HIDDEN = 8;

  private final String name;
  private final Set<String> hosts;
  private final boolean plainHttp;
  private final Map<String, String> headers;
  private final Map<String, String> query;
  private final Map<String, String> cookies;
  private final Optional<String> userAgent;
  private final Optional<SSLContext> tls;
  private final Optional<Proxy> proxy;
  private final List<byte[]> hidden;

  /**
   * Whom requests are sent through.
   *
   * @param address of the proxy, by http
   * @param login empty where it asks for none
   */
  record Proxy(URI address, Optional<Login> login) {

    @Override
    public String toString() {
      return address.getHost() + ":" + address.getPort();
    }
  }

  /** A user and the password. */
  record Login(String user, String password) {

    @Override
    public String toString() {
      return "***";
    }
  }

  /** What a credential is made of. */
  static final class Builder {
    private final String name;
    final Set<String> hosts = new LinkedHashSet<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    final Map<String, String> query = new LinkedHashMap<>();
    final Map<String, String> cookies = new LinkedHashMap<>();
    final Set<String> secrets = new LinkedHashSet<>();
    boolean plainHttp;
    Optional<String> userAgent = Optional.empty();
    Optional<SSLContext> tls = Optional.empty();
    Optional<Proxy> proxy = Optional.empty();

    Builder(String name) {
      this.name = name;
    }

    void login(Login login) {
      String basic =
          Base64.getEncoder()
              .encodeToString((login.user() + ":" + login.password()).getBytes(UTF_8));
      headers.put("Authorization", "Basic " + basic);
      secrets.add(login.password());
      secrets.add(basic);
    }

    void bearer(String token) {
      headers.put("Authorization", "Bearer " + token);
      secrets.add(token);
    }

    Credential build() {
      return new Credential(this);
    }
  }

  private Credential(Builder given) {
    name = given.name;
    hosts = Set.copyOf(given.hosts);
    plainHttp = given.plainHttp;
    headers = new LinkedHashMap<>(given.headers);
    query = new LinkedHashMap<>(given.query);
    cookies = new LinkedHashMap<>(given.cookies);
    userAgent = given.userAgent;
    tls = given.tls;
    proxy = given.proxy;
    hidden = new ArrayList<>();
    for (String secret : given.secrets) {
      if (secret.length() >= SHORTEST_HIDDEN) {
        hidden.add(secret.getBytes(UTF_8));
        hidden.add(encoded(secret).getBytes(UTF_8));
      }
    }
  }

  /** Whether it is for an address: one of its hosts, by TLS unless plain HTTP is allowed. */
  boolean isFor(URI target) {
    boolean isSecure = "https".equalsIgnoreCase(target.getScheme());
    String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT);
    int usual = isSecure ? 443 : 80;
    int port = target.getPort() < 0 ? usual : target.getPort();
    boolean isOurs = (port == usual && hosts.contains(host)) || hosts.contains(host + ":" + port);
    return isOurs && (isSecure || plainHttp);
  }

  /** Headers for its hosts, besides the usual ones or in place of them. */
  Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /** Cookies for its hosts, by name. */
  Map<String, String> cookies() {
    return Map.copyOf(cookies);
  }

  /** An address of one of its hosts with the keys that it wants in the query. */
  URI signed(URI target) {
    if (query.isEmpty()) {
      return target;
    }
    List<String> parameters = parameters(target);
    query.forEach((key, value) -> parameters.add(encoded(key) + "=" + encoded(value)));
    return withQuery(target, parameters);
  }

  /** An address without those keys, as it may be kept and told. */
  URI unsigned(URI target) {
    return query.isEmpty() ? target : withQuery(target, parameters(target));
  }

  private List<String> parameters(URI target) {
    List<String> kept = new ArrayList<>();
    if (target.getRawQuery() != null) {
      for (String parameter : target.getRawQuery().split("&", -1)) {
        String key = parameter.replaceFirst("=.*", "");
        if (query.keySet().stream().noneMatch(secret -> encoded(secret).equals(key))) {
          kept.add(parameter);
        }
      }
    }
    return kept;
  }

  private static URI withQuery(URI target, List<String> parameters) {
    String text = target.toString().replaceFirst("[?#].*", "");
    String path = target.getRawPath().isEmpty() ? "/" : "";
    return URI.create(
        text + (parameters.isEmpty() ? "" : path + "?" + String.join("&", parameters)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** The User-Agent in place of ours. */
  Optional<String> userAgent() {
    return userAgent;
  }

  /** Whom to trust, and the certificate to show, where that is not the usual. */
  Optional<SSLContext> tls() {
    return tls;
  }

  /** Whom all requests are sent through. */
  Optional<Proxy> proxy() {
    return proxy;
  }

  /**
   * What a server sent, with asterisks where it repeats a secret of 8 characters or more. Without
   * one it is the same array.
   */
  byte[] hide(byte[] bytes) {
    byte[] clean = bytes;
    for (byte[] secret : hidden) {
      for (int at = find(clean, secret, 0); at >= 0; at = find(clean, secret, at)) {
        clean = clean == bytes ? bytes.clone() : clean;
        Arrays.fill(clean, at, at + secret.length, (byte) '*');
      }
    }
    return clean;
  }

  /** A text that a server sent, without secrets. */
  String hide(String text) {
    return new String(hide(text.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  private static int find(byte[] bytes, byte[] sought, int from) {
    for (int at = from; at <= bytes.length - sought.length; at++) {
      if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return name;
  }
}
