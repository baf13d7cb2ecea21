// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.sink.Database;
import dev.newswire.sink.Search;
import dev.newswire.sink.Stories;
import java.util.function.Function;

/** The store, as the desk reads it. Thread-safe. */
final class Stores implements AutoCloseable {

  private final Pool<Search> searches;
  private final Pool<Stories> stories;

  Stores(Database database) {
    searches = new Pool<>(database::search);
    stories = new Pool<>(database::stories);
  }

  /**
   * Asks for articles.
   *
   * @throws Problem where the store does not answer now, or is not there yet
   */
  <T> T ask(Function<Search, T> question) {
    return searches.ask(question);
  }

  /**
   * Asks for stories.
   *
   * @throws Problem where the store does not answer now, or is not there yet
   */
  <T> T askStories(Function<Stories, T> question) {
    return stories.ask(question);
  }

  @Override
  public void close() {
    searches.close();
    stories.close();
  }
}
