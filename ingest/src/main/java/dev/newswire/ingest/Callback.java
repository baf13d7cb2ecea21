// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import java.time.Duration;
import java.util.Optional;

/** What a WebSub hub sends to a subscription's callback. */
sealed interface Callback {

  /** Name of the feed, as the path gives it. */
  String feed();

  /** End of the path, which nobody else knows. */
  String token();

  /**
   * The hub asks whether a request of ours is ours, or refuses it.
   *
   * @param mode subscribe, unsubscribe or denied
   * @param lease for how long it is going to deliver
   */
  record Verification(
      String feed,
      String token,
      String mode,
      String topic,
      String challenge,
      Optional<Duration> lease,
      String reason)
      implements Callback {}

  /**
   * The hub delivers.
   *
   * @param signature of the body; blank where there is none
   */
  record Distribution(
      String feed, String token, String signature, Optional<String> mediaType, byte[] body)
      implements Callback {}

  /** What the hub is answered. */
  record Reply(int status, String text) {

    /** The feed is between two instances. */
    static final Reply LATER = new Reply(503, "try again");
  }
}
