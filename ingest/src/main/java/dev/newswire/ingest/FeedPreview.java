// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import dev.newswire.ingest.HttpFetcher.Fetched;
import dev.newswire.ingest.HttpFetcher.Validators;
import dev.newswire.ingest.formats.Delivery;
import dev.newswire.ingest.formats.Formats;
import dev.newswire.ingest.formats.Output;
import dev.newswire.ingest.formats.Reject;
import dev.newswire.schemas.RawArticle;
import dev.newswire.schemas.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What a feed would give now, without anything being published.
 *
 * @param articles that would be published
 * @param rejects that would become dead letters
 */
public record FeedPreview(List<RawArticle> articles, List<Reject> rejects) {

  /**
   * Fetches and parses a feed once.
   *
   * @param contact address in the User-Agent
   * @param privateAddresses whether the feed may be on a loopback or private address
   * @throws UserError where the feed does not answer, or answers with an error
   */
  public static FeedPreview of(String url, String contact, boolean privateAddresses) {
    List<RawArticle> articles = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    try {
      Fetched fetched = new HttpFetcher(contact, privateAddresses).fetch(url, Validators.NONE);
      if (fetched.status() != 200) {
        throw new UserError("'" + url + "': the server answered " + fetched.status());
      }
      Delivery delivery = Delivery.of("preview", "preview", url, Clock.systemUTC().instant());
      new Formats()
          .parse(
              fetched.header("Content-Type").map(delivery::withMediaType).orElse(delivery),
              new ByteArrayInputStream(fetched.body()),
              new Output() {
                @Override
                public void article(RawArticle raw) {
                  articles.add(raw);
                }

                @Override
                public void reject(Reject reject) {
                  rejects.add(reject);
                }
              });
    } catch (IOException e) {
      throw new UserError("'" + url + "': " + e.getMessage(), e);
    }
    return new FeedPreview(List.copyOf(articles), List.copyOf(rejects));
  }
}
