// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli.options;

import dev.newswire.enrich.EnrichSettings;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.enrich.entities.EntityList;
import dev.newswire.enrich.recognition.OnnxRecognizer;
import dev.newswire.enrich.topics.Taxonomy;
import dev.newswire.runtime.Cluster;
import dev.newswire.runtime.UserError;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How articles are enriched. */
public final class EnrichOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int threads;

  @Option(
      names = "--enrich-threads",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Threads that enrich, from 1 to 64. Default: ${DEFAULT-VALUE}.")
  void setThreads(int number) {
    threads = OptionTypes.inRange(spec, "--enrich-threads", number, 1, 64);
  }

  @Option(
      names = "--taxonomy",
      paramLabel = "FILE",
      description =
          "A taxonomy to use in place of the published one. Default: the published one, or where"
              + " none is, the bundled one.")
  private Path taxonomy;

  @Option(
      names = "--entities",
      paramLabel = "FILE",
      description = "A list of your own entities to use in place of the published one.")
  private Path entities;

  @Option(
      names = "--entity-model",
      paramLabel = "FOLDER",
      description =
          "An ONNX token-classification model that recognises names in place of the bundled one: a"
              + " folder with model.onnx, tokenizer.json and config.json. See docs/entities.md.")
  private Path entityModel;

  /**
   * The settings.
   *
   * @throws UserError where a file can't be used, before anything is started
   */
  public EnrichSettings settings(Cluster cluster, Path stateFolder) {
    return EnrichSettings.live(cluster, stateFolder, threads, replacements());
  }

  /**
   * The files that take the place of what is published or bundled.
   *
   * @throws UserError where a file can't be used
   */
  public Replacements replacements() {
    if (taxonomy != null) {
      Taxonomy.ofFile("--taxonomy", taxonomy);
    }
    if (entities != null) {
      EntityList.ofFile("--entities", entities);
    }
    if (entityModel != null) {
      OnnxRecognizer.requireFiles("--entity-model", entityModel);
    }
    return new Replacements(
        Optional.ofNullable(taxonomy),
        Optional.ofNullable(entities),
        Optional.ofNullable(entityModel));
  }
}
