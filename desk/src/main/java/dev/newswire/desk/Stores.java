// SPDX-License-Identifier: Apache-2.0
package dev.newswire.desk;

import dev.newswire.runtime.Outage;
import dev.newswire.runtime.UserError;
import dev.newswire.sink.Database;
import dev.newswire.sink.Search;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Connections to the store that wait for the next question. Thread-safe. */
final class Stores implements AutoCloseable {

  private final Database database;
  private final Queue<Search> idle = new ConcurrentLinkedQueue<>();

  Stores(Database database) {
    this.database = database;
  }

  /**
   * Asks the store something.
   *
   * @throws Problem where it does not answer now, or is not there yet
   */
  <T> T ask(Function<Search, T> question) {
    Search search = idle.poll();
    try {
      if (search == null) {
        search = database.search();
      }
      T answer = question.apply(search);
      idle.add(search);
      return answer;
    } catch (UserError | Outage e) {
      close(search);
      throw new Problem(503, "The store does not answer", e.getMessage());
    } catch (RuntimeException e) {
      close(search);
      throw e;
    }
  }

  private static void close(Search search) {
    if (search == null) {
      return;
    }
    try {
      search.close();
    } catch (Outage e) {
      // The connection is given up for what was wrong before.
      return;
    }
  }

  @Override
  public void close() {
    for (Search search = idle.poll(); search != null; search = idle.poll()) {
      close(search);
    }
  }
}
