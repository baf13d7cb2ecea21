// SPDX-License-Identifier: Apache-2.0
/**
 * From feeds to newswire.raw: fetchers give bytes (a URL, a drop folder, files), {@link
 * dev.newswire.ingest.formats} turns them into articles and rejects, and the publisher puts these
 * on Kafka, each revision once, together with the memory that tells what was published.
 */
package dev.newswire.ingest;
