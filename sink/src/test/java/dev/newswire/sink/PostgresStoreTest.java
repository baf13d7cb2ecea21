// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

class PostgresStoreTest extends StoreContract {

  @Override
  TestDatabase emptyDatabase() {
    return PostgresServer.database();
  }
}
