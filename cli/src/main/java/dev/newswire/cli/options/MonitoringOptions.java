// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.runtime.Monitoring;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether and where a process says over HTTP how it is. */
public final class MonitoringOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private OptionalInt port = OptionalInt.empty();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Answer /live, /ready and /metrics (Prometheus) over HTTP on this port, from 1 to 65535."
              + " Default: not at all.")
  void setPort(int number) {
    port = OptionalInt.of(OptionTypes.inRange(spec, "--http-port", number, 1, 65_535));
  }

  @Option(
      names = "--http-host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description =
          "Address to answer them on; 0.0.0.0 for every one of this machine's. Default:"
              + " ${DEFAULT-VALUE}.")
  private String host;

  /**
   * Answers from now on, where that was asked for.
   *
   * @throws dev.newswire.runtime.UserError where the address can't be listened on
   */
  public Monitoring start() {
    return port.isEmpty()
        ? Monitoring.silent()
        : Monitoring.listening(new InetSocketAddress(host, port.getAsInt()));
  }
}
