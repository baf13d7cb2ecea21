// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.GroupProtocol;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stage in a JVM of its own, so that it can be killed as a process is. */
final class StoriesProcess implements AutoCloseable {

  private final Process process;

  private StoriesProcess(Process process) {
    this.process = process;
  }

  /** What runs in the other JVM: brokers, prefix, folder for state, standbys, name in the group. */
  public static void main(String[] arguments) throws InterruptedException {
    // Few records a commit, so that a kill is sure to come between two.
    Cluster cluster =
        new Cluster(
                arguments[0],
                Cluster.IN_PROCESS_REGISTRY,
                arguments[1],
                Map.of("max.poll.records", "20", "session.timeout.ms", "10000"),
                GroupProtocol.CLASSIC)
            .withGroupInstance(arguments[4]);
    StoriesSettings settings =
        StoriesSettings.live(
            cluster, Path.of(arguments[2]), StorySettings.DEFAULT, Integer.parseInt(arguments[3]));
    StoriesStage stage = new StoriesStage(cluster, settings, new SimpleMeterRegistry());
    stage.start();
    stage.await();
  }

  /** Starts one. */
  static StoriesProcess start(Cluster cluster, Path folder, int standbys, String name) {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StoriesProcess.class.getName(),
            cluster.bootstrapServers(),
            cluster.prefix(),
            folder.resolve(name).toString(),
            Integer.toString(standbys),
            name);
    try {
      return new StoriesProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
