// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

class PostgresStoryStoreTest extends StoryStoreContract {

  @Override
  TestDatabase emptyDatabase() {
    return PostgresServer.database();
  }
}
