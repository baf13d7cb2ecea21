// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

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
    if (is(UnknownHostException.class) || is(UnresolvedAddressException.class)) {
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
    if (is(EOFException.class) || says("received no bytes") || says("bytes received:")) {
      return "the answer ended early";
    }
    if (is(NumberFormatException.class) || is(ProtocolException.class) || says("in chunk size")) {
      return "the answer is no valid HTTP";
    }
    String message = message();
    // The client's own exception of a refused connection carries none.
    return message.isBlank() && is(ConnectException.class) ? "connection refused" : told(message);
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
