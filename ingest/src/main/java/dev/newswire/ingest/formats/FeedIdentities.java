// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * What tells the items of one feed document apart. An id or a link that all of them share says
 * nothing about any of them; then the next one is taken: the id with its fragment, the link, the
 * title with the date.
 */
final class FeedIdentities {

  /** So many different titles under one address are articles, and no revisions of one. */
  private static final int NO_REVISIONS = 3;

  /**
   * What an item says of its identity; empty texts where it says nothing.
   *
   * @param id its own id
   * @param link its address
   */
  record Item(String id, String link, String title) {}

  private final Delivery delivery;
  private final TrackingParameters tracking;
  private final boolean isIdShared;
  private final boolean isIdTold;
  private final boolean isLinkShared;

  FeedIdentities(List<Item> items, Reading reading) {
    delivery = reading.delivery();
    tracking = reading.tracking();
    Function<Item, String> ids = item -> identity(item.id);
    Function<Item, String> links = item -> Addresses.identity(item.link, tracking);
    isLinkShared = isShared(items, links) && isSharedByArticles(items);
    isIdTold = isShared(items, ids) && items.size() >= NO_REVISIONS && allDiffer(items, Item::id);
    isIdShared =
        isIdTold
            || (isShared(items, ids) && (allDiffer(items, links) || isSharedByArticles(items)));
  }

  private static boolean isSharedByArticles(List<Item> items) {
    return items.size() >= NO_REVISIONS && allDiffer(items, Item::title);
  }

  private static boolean isShared(List<Item> items, Function<Item, String> part) {
    return items.size() > 1
        && !part.apply(items.get(0)).isEmpty()
        && items.stream().map(part).distinct().count() == 1;
  }

  private static boolean allDiffer(List<Item> items, Function<Item, String> part) {
    return new HashSet<>(items.stream().map(part).toList()).size() == items.size();
  }

  /** Gives a draft the id that its item has; none where it has to be derived. */
  void identify(Item item, Draft draft) {
    if (!item.id.isEmpty() && !isIdShared) {
      draft.itemId(identity(item.id));
    } else if (isIdTold && isIdShared) {
      draft.itemId(Addresses.identityWithFragment(item.id, tracking));
    } else if (!item.link.isEmpty() && !isLinkShared) {
      draft.itemId(Addresses.identity(item.link, tracking));
    }
    if (isIdShared) {
      draft.warn(
          "All items of the feed have the same id, so they are told apart by %s."
              .formatted(
                  isIdTold ? "its fragment" : isLinkShared ? "their titles" : "their links"));
    } else if (item.id.isEmpty() && isLinkShared) {
      draft.warn(
          "All items of the feed have the same link, so they are told apart by their titles.");
    }
  }

  /**
   * An id within the provider. An id that is a URI names its article wherever it appears; a bare
   * number or word is unique within its feed only.
   */
  private String identity(String id) {
    return id.isEmpty() ? "" : Addresses.identity(FeedText.identity(id, delivery), tracking);
  }
}
