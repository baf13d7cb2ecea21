// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sample deliveries that ship with Newswire, all of them invented. */
public final class Samples {

  private static final String FOLDER = "/dev/newswire/cli/samples/";

  private Samples() {}

  /**
   * One delivery.
   *
   * @param feed name of the feed that it comes from
   * @param provider name of who sends it
   * @param path of the file in the samples' folder
   */
  public record Sample(String feed, String provider, String path) {

    /** Its bytes; the caller's to close. */
    public InputStream open() {
      return Samples.class.getResourceAsStream(FOLDER + path);
    }
  }

  /** All samples, in the order in which they are delivered. */
  public static List<Sample> all() {
    try (BufferedReader index =
        new BufferedReader(
            new InputStreamReader(
                Samples.class.getResourceAsStream(FOLDER + "index.tsv"), StandardCharsets.UTF_8))) {
      return index
          .lines()
          .map(line -> line.split("\t", -1))
          .map(cells -> new Sample(cells[0], cells[1], cells[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
