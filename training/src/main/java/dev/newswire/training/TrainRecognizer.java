// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.enrich.entities.KnowledgeBase;
import dev.newswire.enrich.recognition.CrfRecognizer;
import dev.newswire.enrich.recognition.HiddenLayer;
import dev.newswire.enrich.recognition.Lexica;
import dev.newswire.enrich.recognition.Model;
import dev.newswire.training.TrainingDocument.Trust;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Makes the bundled model. Arguments: the folder of the corpora, and the file to write. The same
 * corpora give the same file. It takes five to ten minutes and 4 GB of heap.
 *
 * <p>With {@code held-back} in place of the file, a tenth of the documents of every corpus, and
 * half of one, is left out of training and measured on, and nothing is written: changes are to be
 * judged by these figures, never by those of the test corpora.
 */
public final class TrainRecognizer {

  private static final String NAME = "crf-4";

  /** The corpora that are trained on. No other is read for training. */
  private static final List<String> TRAINING =
      List.of("redocred", "crossner", "gum", "btc", "wnut17_train", "uner_dev");

  /** Those of them whose annotators left many names unmarked. */
  private static final Set<String> INCOMPLETE = Set.of("redocred", "crossner", "btc");

  /** Those of them with many names that are wrong in span or kind. */
  private static final Set<String> UNRELIABLE = Set.of("gum");

  /** The corpora that measure; never trained on. */
  private static final List<String> TESTS = List.of("wikigold", "uner_test", "wnut17_test");

  private static final long SEED = 20_260_302;

  /** A feature that is seen less often says nothing that holds elsewhere. */
  private static final int LEAST_COUNT = 3;

  private static final int FIRST_PASSES = 3;
  private static final int PASSES = 6;

  /** Runs of different seeds, whose weights are averaged. */
  private static final int RUNS = 4;

  private static final String HELD_BACK = "held-back";

  /**
   * The corpus that is marked best, and small: half of it is held back, or it would tell little.
   */
  private static final String TELLING = "uner_dev";

  /** Larger weights are cut, so that small ones keep their digits. */
  private static final float LARGEST_WEIGHT = 2.5f;

  private final Path corpora;
  private final boolean holdBack;
  private final Map<String, List<List<LabelledSentence>>> heldBack = new LinkedHashMap<>();
  private final PrintStream out;
  private final long started = System.nanoTime();

  private TrainRecognizer(Path corpora, boolean holdBack, PrintStream out) {
    this.corpora = corpora;
    this.holdBack = holdBack;
    this.out = out;
  }

  /** Trains, writes and measures. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("give the folder of the corpora, and the file to write");
    }
    Path corpora = Path.of(arguments[0]);
    boolean holdBack = arguments[1].equals(HELD_BACK);
    TrainRecognizer training = new TrainRecognizer(corpora, holdBack, System.out);
    Model model = training.train();
    if (!holdBack) {
      Path target = Path.of(arguments[1]);
      try (OutputStream file = Files.newOutputStream(target)) {
        model.write(file);
      }
      training.tell("written, " + Files.size(target) / 1024 + " KB");
    }
    CrfRecognizer recognizer = new CrfRecognizer(model);
    for (String name : training.heldBack.keySet()) {
      Evaluation evaluation = evaluate(recognizer, training.heldBack.get(name));
      training.tell("held back of " + name + ": " + evaluation.summary());
    }
    measure(recognizer, corpora)
        .forEach((name, evaluation) -> training.tell(name + ": " + evaluation.summary()));
  }

  /** How well a recogniser does on each of the test corpora of a folder, by their names. */
  public static Map<String, Evaluation> measure(CrfRecognizer recognizer, Path corpora)
      throws IOException {
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    for (String name : TESTS) {
      evaluations.put(name, evaluate(recognizer, read(corpora, name)));
    }
    return evaluations;
  }

  private static Evaluation evaluate(
      CrfRecognizer recognizer, List<List<LabelledSentence>> documents) {
    return Evaluation.of(
        recognizer,
        documents.stream().map(document -> Detokenizer.detokenize(List.of(), document)).toList());
  }

  private Model train() throws IOException {
    Lexica lexica = lexica();
    tell("lexica read");
    List<List<List<LabelledSentence>>> sets = new ArrayList<>();
    for (String name : TRAINING) {
      sets.add(trainedOn(name, read(corpora, name).stream().map(Guidelines::apply).toList()));
    }
    Augmentation augmentation =
        new Augmentation(SEED, sets.stream().flatMap(List::stream).toList());
    List<TrainingDocument> training = new ArrayList<>();
    for (int corpus = 0; corpus < sets.size(); corpus++) {
      Trust trust = trust(TRAINING.get(corpus));
      for (List<LabelledSentence> document : sets.get(corpus)) {
        LabelledDocument augmented = augmentation.augment(document);
        training.add(new TrainingDocument(augmented, corpus, trust, lexica));
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
    List<CrfTrainer> runs = trained(RUNS, run -> training, PASSES, index);
    CrfTrainer trainer = CrfTrainer.average(runs);
    tell("trained");
    return Model.of(
        NAME,
        lexica,
        HiddenLayer.mean(runs.stream().map(CrfTrainer::hiddenLayer).toList()),
        index.features(),
        trainer.weights(),
        trainer.transitions(),
        LARGEST_WEIGHT);
  }

  /** The documents of a corpus but those that are held back, which are noted. */
  private List<List<LabelledSentence>> trainedOn(
      String name, List<List<LabelledSentence>> documents) {
    if (!holdBack) {
      return documents;
    }
    Random random = new Random(SEED);
    int tenths = name.equals(TELLING) ? 5 : 1;
    Map<Boolean, List<List<LabelledSentence>>> parts =
        documents.stream()
            .collect(Collectors.partitioningBy(document -> random.nextInt(10) < tenths));
    heldBack.put(name, parts.get(true));
    return parts.get(false);
  }

  /** Several runs at once, each of its own seed and documents. */
  private static List<CrfTrainer> trained(
      int runs, IntFunction<List<TrainingDocument>> documents, int passes, FeatureIndex index) {
    return IntStream.range(0, runs)
        .parallel()
        .mapToObj(
            run -> {
              CrfTrainer trainer = new CrfTrainer(index.size(), SEED + run);
              trainer.train(documents.apply(run), passes);
              return trainer;
            })
        .toList();
  }

  /** First decisions for each half of the documents, by what is learnt from the other. */
  private static void decide(List<TrainingDocument> documents, FeatureIndex index) {
    List<CrfTrainer> trainers = trained(2, half -> half(documents, half), FIRST_PASSES, index);
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

  private static Trust trust(String corpus) {
    if (UNRELIABLE.contains(corpus)) {
      return Trust.UNRELIABLE;
    }
    return INCOMPLETE.contains(corpus) ? Trust.INCOMPLETE : Trust.USUAL;
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
    return Lexica.of(
        paths,
        clusters,
        superClusters,
        Embeddings.read(),
        VectorQuantizer::quantize,
        KnowledgeBase.bundled().kindsByName());
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
