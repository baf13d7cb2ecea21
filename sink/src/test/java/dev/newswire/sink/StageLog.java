// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the stage logs for people while this is open. */
final class StageLog implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.newswire.sink");
  private final Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  StageLog() {
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  /** The lines that tell of outages. */
  List<String> outages() {
    return lines().stream().filter(line -> line.contains("outage")).toList();
  }

  List<String> lines() {
    return List.copyOf(lines.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(before);
  }
}
