// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Feed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What can be set of ingest.
 *
 * @param feeds feeds to poll besides those that are registered already
 * @param drop the folder that files are dropped into; empty for none
 * @param dropSettle how long a file there must not have changed to be read
 * @param provider the provider of files that are dropped without a folder of their own
 * @param interval shortest time between two polls of a feed that names none of its own
 * @param longestInterval what the interval of a quiet feed grows to
 * @param contact address in the User-Agent, for publishers who want to ask something
 * @param privateAddresses whether feeds may be on loopback or private addresses
 * @param push where deliveries are taken over HTTP; empty for nowhere
 * @param websubCallback public address of the push server for WebSub hubs; empty to subscribe
 *     nowhere
 * @param credentials what feeds are asked for with that are not for everybody
 */
public record IngestSettings(
    List<Feed> feeds,
    Optional<Path> drop,
    Duration dropSettle,
    String provider,
    Duration interval,
    Duration longestInterval,
    String contact,
    boolean privateAddresses,
    Optional<Push> push,
    Optional<URI> websubCallback,
    Credentials credentials) {

  /**
   * Where deliveries are taken over HTTP.
   *
   * @param host address to listen on
   * @param port port to listen on, 0 for any free one
   * @param token what a sender must give as its bearer token
   */
  public record Push(String host, int port, String token) {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
