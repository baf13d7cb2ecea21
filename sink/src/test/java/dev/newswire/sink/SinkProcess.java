// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The sink in a JVM of its own, so that it can be killed. */
final class SinkProcess implements AutoCloseable {

  private final Process process;

  private SinkProcess(Process process) {
    this.process = process;
  }

  /** What runs in the other JVM: brokers, prefix, URL of the store, protocol, name in the group. */
  public static void main(String[] arguments) throws InterruptedException {
    Cluster cluster =
        EnrichedTopic.cluster(arguments[0], arguments[1], GroupProtocol.valueOf(arguments[3]));
    if (arguments.length > 4) {
      cluster = cluster.withGroupInstance(arguments[4]);
    }
    SinkSettings usual = SinkSettings.of(Database.of(arguments[2], Optional.empty()));
    SinkSettings smallBatches =
        new SinkSettings(
            usual.database(),
            true,
            100,
            usual.batchBytes(),
            Duration.ofMillis(20),
            usual.outageLimit(),
            usual.beginAnew(),
            usual.fencedPause());
    SinkStage stage = new SinkStage(cluster, smallBatches, new SimpleMeterRegistry());
    stage.start();
    stage.await();
  }

  /**
   * One that is started again after each kill. In a classic group its place waits for it, by its
   * name; where the brokers assign, it has it as soon as the dead one is missed.
   */
  static SinkProcess startAgain(Cluster cluster, String url, Path log) {
    return start(cluster, url, log, cluster.groupProtocol() == GroupProtocol.CLASSIC);
  }

  /** One that the others have to make room for. */
  static SinkProcess start(Cluster cluster, String url, Path log) {
    return start(cluster, url, log, false);
  }

  private static SinkProcess start(Cluster cluster, String url, Path log, boolean named) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                cluster.bootstrapServers(), cluster.prefix(), url, cluster.groupProtocol().name()));
    if (named) {
      arguments.add("first");
    }
    return start(log, arguments);
  }

  private static SinkProcess start(Path log, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SinkProcess.class.getName()));
    command.addAll(arguments);
    try {
      return new SinkProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
