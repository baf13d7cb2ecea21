// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newswire.runtime.http.HttpCall;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in who knows the token, under a name of this machine only: a page of another site whose name
 * was made to lead here (DNS rebinding) carries its own. Nothing is changed through the desk, so
 * only reading methods pass. Thread-safe.
 */
final class Gate {

  private static final int TOKEN_BYTES = 24;
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private final String token;
  private final Set<String> hosts;
  private final String cookie;

  Gate(int port) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    hosts = Set.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port);
    // Cookies are shared between the ports of a host.
    cookie = "newswire-" + port;
  }

  String token() {
    return token;
  }

  /** What makes a browser send the token with each request to this port, and with no other. */
  String setCookie() {
    return cookie + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /**
   * Refuses a call that must not pass.
   *
   * @throws Problem where it must not
   */
  void check(HttpCall call) {
    if (call.header("Host").filter(hosts::contains).isEmpty()) {
      throw new Problem(421, "This is not served here", "the desk answers as localhost alone");
    }
    if (!READING.contains(call.method())) {
      throw new Problem(405, "Nothing is changed here", "only GET and HEAD are allowed");
    }
    if (isBearer(call)) {
      return;
    }
    boolean another =
        call.header("Sec-Fetch-Site").filter(site -> !OURS.contains(site)).isPresent();
    if (another && !call.path().equals("/")) {
      throw new Problem(403, "Another site asks", "only the desk's own pages may ask for this");
    }
    if (!call.cookie(cookie).or(() -> call.parameter("token")).filter(this::isToken).isPresent()) {
      throw new Problem(
          401,
          "The token is missing or wrong",
          "open the address that Newswire printed when it started, or send its token as a bearer"
              + " token");
    }
  }

  /** Whether the token stands in the address, from which it is to be taken away. */
  boolean isInAddress(HttpCall call) {
    return call.parameter("token").filter(this::isToken).isPresent();
  }

  private boolean isBearer(HttpCall call) {
    Optional<String> given = call.credentials("Bearer");
    return given.filter(this::isToken).isPresent();
  }

  private boolean isToken(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
