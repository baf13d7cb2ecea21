// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a feed says about itself to those who poll it.
 *
 * @param interval how often it wants to be polled at most (RSS {@code ttl}, {@code
 *     sy:updatePeriod})
 * @param skipHours hours of the day in UTC, 0 to 23, at which it does not change
 * @param skipDays days at which it does not change
 * @param hub its WebSub hub
 * @param self its own address, the topic of a WebSub subscription
 */
public record FeedNotice(
    Optional<Duration> interval,
    Set<Integer> skipHours,
    Set<DayOfWeek> skipDays,
    Optional<URI> hub,
    Optional<URI> self) {}
