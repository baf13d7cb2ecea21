// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
final class LoggedLines implements AutoCloseable {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  LoggedLines(Class<?> by) {
    logger = (Logger) LoggerFactory.getLogger(by);
    lines.start();
    logger.addAppender(lines);
  }

  /** Level and message of each line. */
  List<String> lines() {
    return List.copyOf(lines.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
  }
}
