// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.moments;

import java.time.Instant;
import java.util.Optional;

/**
 * A moment that a text means.
 *
 * @param instant the moment
 * @param guess what had to be guessed to read it, a clause such as "it names no time zone and is
 *     read in UTC"; empty where the text says it all
 */
public record Moment(Instant instant, Optional<String> guess) {}
