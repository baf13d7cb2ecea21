// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition.training;

import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.recognition.Lexica;
import dev.newswire.enrich.recognition.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Makes the bundled model. Arguments: the folder of the corpora, and the file to write. The same
 * corpora give the same file. It takes about two minutes and 3 GB of heap.
 */
public final class TrainRecognizer {

  private static final String NAME = "crf-1";

  /** The corpora that are trained on. No other is read for training. */
  private static final List<String> TRAINING =
      List.of("redocred", "crossner", "gum", "btc", "wnut17_train", "uner_dev");

  /** Those of them whose annotators left many names unmarked. */
  private static final Set<String> INCOMPLETE = Set.of("redocred", "crossner", "btc");

  /** The corpora that measure; never trained on. */
  private static final List<String> TESTS = List.of("wikigold", "uner_test", "wnut17_test");

  private static final long SEED = 20_260_302;

  /** A feature that is seen less often says nothing that holds elsewhere. */
  private static final int LEAST_COUNT = 3;

  private static final int FIRST_PASSES = 3;
  private static final int PASSES = 6;

  /** Larger weights are cut, so that small ones keep their digits. */
  private static final float LARGEST_WEIGHT = 2.5f;

  private final Path corpora;
  private final PrintStream out;
  private final long started = System.nanoTime();

  private TrainRecognizer(Path corpora, PrintStream out) {
    this.corpora = corpora;
    this.out = out;
  }

  /** Trains, writes and measures. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("give the folder of the corpora, and the file to write");
    }
    TrainRecognizer training = new TrainRecognizer(Path.of(arguments[0]), System.out);
    Model model = training.train();
    try (OutputStream file = Files.newOutputStream(Path.of(arguments[1]))) {
      model.write(file);
    }
    training.tell("written, " + Files.size(Path.of(arguments[1])) / 1024 + " KB");
    measure(new CrfRecognizer(model), Path.of(arguments[0]))
        .forEach((name, evaluation) -> training.tell(name + ": " + evaluation.summary()));
  }

  /** How well a recogniser does on each of the test corpora of a folder, by their names. */
  public static Map<String, Evaluation> measure(CrfRecognizer recognizer, Path corpora)
      throws IOException {
    Map<String, Evaluation> evaluations = new java.util.LinkedHashMap<>();
    for (String name : TESTS) {
      List<LabelledDocument> documents =
          read(corpora, name).stream()
              .map(document -> Detokenizer.detokenize(List.of(), document))
              .toList();
      evaluations.put(name, Evaluation.of(recognizer, documents));
    }
    return evaluations;
  }

  private Model train() throws IOException {
    Lexica lexica = lexica();
    tell("lexica read");
    List<List<List<LabelledSentence>>> sets = new ArrayList<>();
    for (String name : TRAINING) {
      sets.add(read(corpora, name).stream().map(Guidelines::apply).toList());
    }
    Augmentation augmentation =
        new Augmentation(SEED, sets.stream().flatMap(List::stream).toList());
    List<TrainingDocument> training = new ArrayList<>();
    for (int corpus = 0; corpus < sets.size(); corpus++) {
      boolean incomplete = INCOMPLETE.contains(TRAINING.get(corpus));
      for (List<LabelledSentence> document : sets.get(corpus)) {
        LabelledDocument augmented = augmentation.augment(document);
        training.add(new TrainingDocument(augmented, corpus, incomplete, lexica));
      }
    }
    FeatureIndex index = new FeatureIndex(LEAST_COUNT);
    training.forEach(d -> List.of(d.identity, d.context).forEach(f -> see(f, index)));
    for (TrainingDocument document : training) {
      TrainingDocument.number(document.identity, index);
      TrainingDocument.number(document.context, index);
    }
    tell(training.size() + " documents, " + index.size() + " features");
    training.forEach(document -> see(document.corpus, index));
    training.forEach(document -> TrainingDocument.number(document.corpus, index));
    decide(training, index);
    training.forEach(document -> see(document.decided, index));
    training.forEach(document -> TrainingDocument.number(document.decided, index));
    tell("first decisions made, " + index.size() + " features");
    CrfTrainer trainer = new CrfTrainer(index.size(), SEED);
    trainer.train(training, PASSES);
    tell("trained");
    return Model.of(
        NAME, lexica, index.features(), trainer.weights(), trainer.transitions(), LARGEST_WEIGHT);
  }

  /** First decisions for each half of the documents, by what is learnt from the other. */
  private static void decide(List<TrainingDocument> documents, FeatureIndex index) {
    List<CrfTrainer> trainers =
        IntStream.range(0, 2)
            .parallel()
            .mapToObj(
                half -> {
                  CrfTrainer trainer = new CrfTrainer(index.size(), SEED + half);
                  trainer.train(half(documents, half), FIRST_PASSES);
                  return trainer;
                })
            .toList();
    for (int half = 0; half < 2; half++) {
      CrfTrainer trainer = trainers.get(half);
      half(documents, 1 - half).forEach(document -> document.decide(trainer.label(document)));
    }
  }

  private static List<TrainingDocument> half(List<TrainingDocument> documents, int half) {
    return IntStream.range(0, documents.size())
        .filter(i -> i % 2 == half)
        .mapToObj(documents::get)
        .toList();
  }

  private static void see(int[][] features, FeatureIndex index) {
    for (int[] ofToken : features) {
      for (int feature : ofToken) {
        index.see(feature);
      }
    }
  }

  private static List<List<LabelledSentence>> read(Path corpora, String name) throws IOException {
    return Corpus.read(corpora.resolve("ner").resolve(name + ".tsv.gz"));
  }

  private Lexica lexica() throws IOException {
    Map<String, String> paths = new HashMap<>();
    Map<String, Integer> clusters = new HashMap<>();
    byte[] superClusters = new byte[1000];
    for (String[] row : rows("brown-clusters")) {
      paths.put(row[0], row[1]);
    }
    for (String[] row : rows("embedding-clusters")) {
      int cluster = Integer.parseInt(row[1]);
      clusters.put(row[0], cluster);
      superClusters[cluster] = Byte.parseByte(row[2]);
    }
    return Lexica.of(paths, clusters, superClusters, KnowledgeBase.bundled().kindsByName());
  }

  private List<String[]> rows(String lexicon) throws IOException {
    Path file = corpora.resolve("lexica").resolve(lexicon + ".tsv.gz");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> line.split("\t", -1)).toList();
    }
  }

  private void tell(String message) {
    out.printf("%4d s  %s%n", (System.nanoTime() - started) / 1_000_000_000, message);
  }
}
