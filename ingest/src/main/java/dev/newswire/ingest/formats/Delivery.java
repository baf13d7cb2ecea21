// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is known about the bytes that a feed gave at one time, apart from the bytes themselves.
 *
 * @param provider the provider's name; the first part of every article id
 * @param feed the feed's name
 * @param source where the bytes came from: a URL, or a file's name without its folders. A URL also
 *     is the base of relative addresses
 * @param receivedAt when they were received
 * @param mediaType media type as the transport declared it, with its parameters; empty where it
 *     declared none
 * @param format name of the format to read them as; empty to recognise it from the content
 * @param charset name of the charset to read them in whatever they declare; empty to follow the
 *     rules
 * @param timeZone the provider's time zone, for times that come without one
 * @param keepsProviders whether articles in Newswire's own JSON stay those of the providers that
 *     they name: only where whoever runs the pipeline gives back what came out of it
 * @param isFeedOnly whether it is to be a feed: a web page in its place is what a server shows when
 *     something is wrong, and an article only where the format is pinned
 */
public record Delivery(
    String provider,
    String feed,
    String source,
    Instant receivedAt,
    Optional<String> mediaType,
    Optional<String> format,
    Optional<String> charset,
    ZoneId timeZone,
    boolean keepsProviders,
    boolean isFeedOnly) {

  /** Leaves out the user and password of an address: its articles' own addresses follow from it. */
  public Delivery {
    source = source.replaceFirst("^([A-Za-z]{1,10}://)[^/?#@]{0,512}@", "$1");
  }

  /** A delivery of a provider, who speaks of its own articles only. */
  public Delivery(
      String provider,
      String feed,
      String source,
      Instant receivedAt,
      Optional<String> mediaType,
      Optional<String> format,
      Optional<String> charset,
      ZoneId timeZone) {
    this(provider, feed, source, receivedAt, mediaType, format, charset, timeZone, false, false);
  }

  /** A delivery of which nothing is declared: its format and charset follow from the content. */
  public static Delivery of(String provider, String feed, String source, Instant receivedAt) {
    return new Delivery(
        provider,
        feed,
        source,
        receivedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ZoneOffset.UTC);
  }

  /** The same delivery with the media type that the transport declared. */
  public Delivery withMediaType(String declared) {
    return new Delivery(
        provider,
        feed,
        source,
        receivedAt,
        Optional.of(declared),
        format,
        charset,
        timeZone,
        keepsProviders,
        isFeedOnly);
  }

  /** The same delivery, to be read as a format whatever it looks like. */
  public Delivery withFormat(String name) {
    return new Delivery(
        provider,
        feed,
        source,
        receivedAt,
        mediaType,
        Optional.of(name),
        charset,
        timeZone,
        keepsProviders,
        isFeedOnly);
  }

  /** The same delivery, given by whoever runs the pipeline. */
  public Delivery keepingProviders() {
    return new Delivery(
        provider, feed, source, receivedAt, mediaType, format, charset, timeZone, true, isFeedOnly);
  }

  /** The same delivery, given where a feed is asked for. */
  public Delivery asFeedOnly() {
    return new Delivery(
        provider,
        feed,
        source,
        receivedAt,
        mediaType,
        format,
        charset,
        timeZone,
        keepsProviders,
        true);
  }

  /** The same delivery in the name of another provider. */
  Delivery inTheNameOf(String other) {
    return new Delivery(
        other,
        feed,
        source,
        receivedAt,
        mediaType,
        format,
        charset,
        timeZone,
        keepsProviders,
        isFeedOnly);
  }

  /**
   * The same delivery from another source, which may be a page: an entry of an archive or a crawl.
   */
  Delivery from(String entry) {
    return new Delivery(
        provider,
        feed,
        entry,
        receivedAt,
        Optional.empty(),
        format,
        charset,
        timeZone,
        keepsProviders,
        false);
  }
}
