// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Why a server gave no answer that can be used, in words for whoever operates the feeds. */
final class NoAnswer {

  private final List<Throwable> causes = new ArrayList<>();
  private final String host;

  private NoAnswer(Throwable failure, String host) {
    this.host = host;
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
  }

  /**
   * The reason.
   *
   * @param failure what the client threw
   * @param host that was asked
   */
  static String reason(Throwable failure, String host) {
    return new NoAnswer(failure, host).reason();
  }

  private String reason() {
    Optional<String> refusal = refusal();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (is(UnknownHostException.class)) {
      return "unknown host " + host;
    }
    if (is(CertificateExpiredException.class)) {
      return "the certificate has expired";
    }
    if (is(CertificateNotYetValidException.class)) {
      return "the certificate is not valid yet";
    }
    if (is(CertPathBuilderException.class) || is(CertPathValidatorException.class)) {
      return "the certificate is not trusted";
    }
    if (is(EOFException.class)
        || is(ConnectionClosedException.class)
        || is(NoHttpResponseException.class)
        || is(TruncatedChunkException.class)) {
      return "the answer ended early";
    }
    if (is(HttpException.class)
        || is(MalformedChunkCodingException.class)
        || is(MessageConstraintException.class)) {
      return "the answer is no valid HTTP";
    }
    if (is(ConnectException.class) && says("connection refused")) {
      return "connection refused";
    }
    return told(message());
  }

  private Optional<String> refusal() {
    return causes.stream()
        .filter(PublicAddresses.Refused.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }

  private String told(String message) {
    return message.isBlank() ? causes.get(0).getClass().getSimpleName() : message;
  }

  private String message() {
    return Objects.requireNonNullElse(causes.get(0).getMessage(), "");
  }

  private boolean is(Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  private boolean says(String words) {
    return causes.stream()
        .map(cause -> Objects.requireNonNullElse(cause.getMessage(), ""))
        .anyMatch(message -> message.toLowerCase(Locale.ROOT).contains(words));
  }
}
