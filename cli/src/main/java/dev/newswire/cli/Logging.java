// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.OptionHelper;
import org.slf4j.LoggerFactory;

/**
 * How log lines look, and how much is logged: our own changes of state, and of the libraries only
 * what is wrong. Logback finds it as a service; a file of XML costs each command a third of a
 * second. One that a user names by {@code -Dlogback.configurationFile} comes first.
 */
public final class Logging extends ContextAwareBase implements Configurator {

  /**
   * Control characters: what servers, feeds and names of files bring must neither begin a line that
   * looks like one of ours nor steer a terminal. A line that goes on behind a tab is Kafka's way to
   * list settings.
   */
  private static final String HARMFUL =
      "[^\\P{Cc}\t\n]|\n(?!\t)|[\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u061c]";

  /** The user and password of an address. A quote would end the pattern of the layout. */
  private static final String PASSWORD = "://[^\\s/?#@:]{0,256}:[^\\s/?#@]{0,256}@";

  /**
   * Where Lucene says that it does not know the vectors of the newest Java, which nothing here
   * uses. The reference keeps the level: java.util.logging forgets loggers that nobody holds.
   */
  private static final java.util.logging.Logger LUCENE_VECTORS =
      java.util.logging.Logger.getLogger(
          "org.apache.lucene.internal.vectorization.VectorizationProvider");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (OptionHelper.getSystemProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(lines(context));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.ERROR);
    root.addAppender(console);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Makes the lines. */
  static PatternLayoutEncoder lines(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(
        "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %-7.7thread "
            + "%replace(%replace(%msg){'"
            + HARMFUL
            + "','?'}){'"
            + PASSWORD
            + "','://***@'}%n%nopex");
    encoder.start();
    return encoder;
  }

  static void setLevels(boolean verbose) {
    LUCENE_VECTORS.setLevel(
        verbose ? java.util.logging.Level.WARNING : java.util.logging.Level.OFF);
    level("dev.newswire", verbose ? Level.DEBUG : Level.INFO);
    level(org.slf4j.Logger.ROOT_LOGGER_NAME, verbose ? Level.INFO : Level.ERROR);
    // What it can't load, the program says in one line.
    level("org.sqlite", verbose ? Level.INFO : Level.OFF);
    // The broker reports as an error what transactions of version 2 (KIP-890) retry by design.
    level("kafka.server.ReplicaManager", verbose ? Level.INFO : Level.OFF);
  }

  /** Logs only what is wrong, unless everything is to be told. */
  public static void onlyFaults() {
    if (LoggerFactory.getLogger("dev.newswire") instanceof Logger logger
        && !logger.isDebugEnabled()) {
      logger.setLevel(Level.WARN);
    }
  }

  private static void level(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
