// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

/**
 * The identity of an article: {@code provider/item id}. It is the Kafka key of every record about
 * the article and its primary key in every store, so that all its revisions meet in one partition
 * and in one row. It never contains a version.
 */
public final class ArticleId {

  private ArticleId() {}

  /**
   * The article id of a provider's item.
   *
   * @param provider a provider's name, not empty, without a slash
   * @param itemId the provider's own stable id, not empty; it may contain anything, slashes too
   * @throws IllegalArgumentException where one of them is empty, or the provider has a slash
   */
  public static String of(String provider, String itemId) {
    if (provider.isEmpty() || provider.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a provider's name: '" + provider + "'");
    }
    if (itemId.isEmpty()) {
      throw new IllegalArgumentException("an item of " + provider + " has an empty id");
    }
    return provider + "/" + itemId;
  }
}
