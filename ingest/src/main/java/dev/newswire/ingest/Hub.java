// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.schemas.Subscription;
import java.io.IOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is said to WebSub hubs and by them (W3C Recommendation of 2018-01-23). Thread-safe. */
final class Hub {

  /** For how long we ask a hub to deliver. */
  private static final Duration LEASE = Duration.ofDays(10);

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "sha1", "HmacSHA1",
          "sha256", "HmacSHA256",
          "sha384", "HmacSHA384",
          "sha512", "HmacSHA512");

  private static final Pattern LINK =
      Pattern.compile(
          "<([^<>]{1,2000})>((?:\\s*+;\\s*+[\\w*-]++(?:\\s*+=\\s*+(?:\"[^\"]*+\"|[^\",;\\s]++))?+)*+)");
  private static final Pattern RELATION =
      Pattern.compile(
          ";\\s*+rel\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\",;\\s]++))", Pattern.CASE_INSENSITIVE);

  private final HttpFetcher fetcher;

  Hub(HttpFetcher fetcher) {
    this.fetcher = fetcher;
  }

  /**
   * What a hub is to be asked.
   *
   * @param feed the feed's name
   * @param mode subscribe or unsubscribe
   */
  record Request(String feed, String mode, Subscription subscription) {}

  /**
   * How a hub took a request.
   *
   * @param error why it did not take it; empty where it did, and will verify it
   */
  record Answer(Request request, Optional<String> error) {}

  /** Asks a hub. */
  Answer ask(Request request) {
    Subscription subscription = request.subscription();
    StringBuilder form = new StringBuilder();
    field(form, "hub.mode", request.mode());
    field(form, "hub.topic", subscription.getTopic());
    field(form, "hub.callback", subscription.getCallback());
    if (request.mode().equals("subscribe")) {
      field(form, "hub.secret", subscription.getSecret());
      field(form, "hub.lease_seconds", Long.toString(LEASE.toSeconds()));
    }
    try {
      int status = fetcher.post(subscription.getHub(), form.toString());
      return new Answer(
          request,
          status >= 200 && status < 300
              ? Optional.empty()
              : Optional.of("the hub answered " + status));
    } catch (IOException | RuntimeException e) {
      return new Answer(request, Optional.of("the hub can't be asked: " + e.getMessage()));
    }
  }

  private static void field(StringBuilder form, String name, String value) {
    form.append(form.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, UTF_8));
  }

  /**
   * Whether a delivery is signed with a secret.
   *
   * @param signature the header X-Hub-Signature: method=hexadecimal
   */
  static boolean isSigned(byte[] body, String signature, String secret) {
    int equals = signature.indexOf('=');
    String method = signature.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
    String algorithm = ALGORITHMS.get(method);
    if (algorithm == null) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
      String expected = HexFormat.of().formatHex(mac.doFinal(body));
      String given = signature.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
      return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  /** The address that Link headers give for a relation (RFC 8288); empty where none do. */
  static Optional<String> link(List<String> headers, String relation) {
    Matcher links = LINK.matcher(headers.stream().collect(Collectors.joining(", ")));
    while (links.find()) {
      Matcher relations = RELATION.matcher(links.group(2));
      while (relations.find()) {
        String names = relations.group(1) == null ? relations.group(2) : relations.group(1);
        if (List.of(names.toLowerCase(Locale.ROOT).split("\\s+", -1)).contains(relation)) {
          return Optional.of(links.group(1).strip());
        }
      }
    }
    return Optional.empty();
  }
}
