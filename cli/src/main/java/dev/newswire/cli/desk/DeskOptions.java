// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.desk;

import dev.newswire.cli.options.DataFolder;
import dev.newswire.cli.options.OptionTypes;
import dev.newswire.cli.output.Terminal;
import dev.newswire.desk.Desk;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import dev.newswire.sink.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the desk is opened. */
public final class DeskOptions {

  /** The port that is tried first where none is given. */
  private static final int USUAL_PORT = 8070;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private OptionalInt port = OptionalInt.empty();

  @Option(
      names = "--desk-port",
      paramLabel = "PORT",
      description =
          "Port of localhost for the desk, from 1 to 65535. Default: "
              + USUAL_PORT
              + ", or any free one where that is taken.")
  void setPort(int number) {
    port = OptionalInt.of(OptionTypes.inRange(spec, "--desk-port", number, 1, 65_535));
  }

  /**
   * Opens the desk, and says where: the token in its address is for a terminal, and for a file of
   * its owner's, but not for a log.
   *
   * @throws UserError where the port that was given is taken
   */
  public Desk open(Database database, Cluster cluster, DataFolder folder) {
    Desk desk = open(database, cluster);
    Path file = folder.announceDesk(desk.address());
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        Terminal.current().interactive()
            ? "desk: " + desk.address()
            : "desk: on port " + desk.address().getPort() + "; its address is in " + file);
    out.flush();
    return desk;
  }

  /**
   * Opens the desk.
   *
   * @throws UserError where the port that was given is taken
   */
  public Desk open(Database database, Cluster cluster) {
    if (port.isPresent()) {
      return Desk.open(database, cluster, port.getAsInt());
    }
    try {
      return Desk.open(database, cluster, USUAL_PORT);
    } catch (UserError taken) {
      return Desk.open(database, cluster, 0);
    }
  }
}
