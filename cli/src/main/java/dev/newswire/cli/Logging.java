// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged: our own changes of state, and of the libraries only what is wrong. */
final class Logging {

  private Logging() {}

  static void configure(boolean verbose) {
    level("dev.newswire", verbose ? Level.DEBUG : Level.INFO);
    level(org.slf4j.Logger.ROOT_LOGGER_NAME, verbose ? Level.INFO : Level.ERROR);
    // The broker reports as an error what transactions of version 2 (KIP-890) retry by design.
    level("kafka.server.ReplicaManager", verbose ? Level.INFO : Level.OFF);
  }

  private static void level(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
