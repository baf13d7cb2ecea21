// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.schemas.Feed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What can be set of ingest.
 *
 * @param feeds the feeds to poll
 * @param drop the folder that files are dropped into; empty for none
 * @param provider the provider of files that are dropped without a folder of their own
 * @param interval time between two polls of a feed that answers
 * @param contact address in the User-Agent, for publishers who want to ask something
 * @param privateAddresses whether feeds may be on loopback or private addresses
 */
public record IngestSettings(
    List<Feed> feeds,
    Optional<Path> drop,
    String provider,
    Duration interval,
    String contact,
    boolean privateAddresses) {}
