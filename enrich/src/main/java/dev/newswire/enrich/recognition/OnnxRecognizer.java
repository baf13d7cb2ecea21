// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.newswire.enrich.text.Sentence;
import dev.newswire.enrich.text.Token;
import dev.newswire.enrich.text.TokenizedText;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises names by a token-classification model of the user's own, in the format of ONNX with
 * the tokenizer of Hugging Face that it was trained with. A word has the label of its first
 * sub-word. A text that is longer than the model can read is read in windows of whole sentences.
 *
 * <p>Thread-safe. Reads nothing but the model's folder, and nothing from the network.
 */
public final class OnnxRecognizer implements EntityRecognizer {

  private static final String MODEL = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  /** Digits of the model's hash that its name shows. */
  private static final int SHOWN_HASH = 12;

  private final String name;
  private final OnnxLabels labels;
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  private OnnxRecognizer(
      String name, OnnxLabels labels, HuggingFaceTokenizer tokenizer, OrtSession session) {
    this.name = name;
    this.labels = labels;
    this.tokenizer = tokenizer;
    this.session = session;
  }

  /**
   * Loads the model in a folder: {@code model.onnx}, {@code tokenizer.json}, and {@code
   * config.json} with the labels.
   *
   * @param option the option that named the folder
   * @throws UserError where it can't be used
   */
  public static OnnxRecognizer ofFolder(String option, Path folder) {
    requireFiles(option, folder);
    try {
      OnnxLabels labels = OnnxLabels.read(folder.resolve(OnnxLabels.FILE));
      String hash = hash(folder.resolve(MODEL));
      Path last = folder.toRealPath().getFileName();
      String name = (last == null ? "onnx" : last) + "@" + hash.substring(0, SHOWN_HASH);
      OnnxRecognizer recognizer =
          new OnnxRecognizer(name, labels, tokenizer(folder), session(folder));
      recognizer.requireLabels();
      return recognizer;
    } catch (IOException | OrtException | RuntimeException | LinkageError e) {
      throw new UserError(unusable(option, folder) + oneLine(e), e);
    }
  }

  /**
   * Checks, without loading it, that a folder has the files of a model.
   *
   * @throws UserError where it hasn't
   */
  public static void requireFiles(String option, Path folder) {
    for (String file : List.of(MODEL, TOKENIZER, OnnxLabels.FILE)) {
      if (!Files.isReadable(folder.resolve(file))) {
        throw new UserError(
            unusable(option, folder) + "it is to be a folder with a file " + file + " in it");
      }
    }
  }

  private static String unusable(String option, Path folder) {
    return option + ": the entity model '" + folder + "' can't be used: ";
  }

  private static HuggingFaceTokenizer tokenizer(Path folder) throws IOException {
    // Else the library may fetch a build for graphics cards.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
    return HuggingFaceTokenizer.builder()
        .optTokenizerPath(folder.resolve(TOKENIZER))
        .optAddSpecialTokens(true)
        .optTruncation(false)
        .optPadding(false)
        .build();
  }

  private static OrtSession session(Path folder) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return OrtEnvironment.getEnvironment()
          .createSession(folder.resolve(MODEL).toString(), options);
    }
  }

  /** Runs the model once, so that what doesn't fit is told at the start. */
  private void requireLabels() throws OrtException {
    Encoding encoding = tokenizer.encode("Reuters");
    int given = scores(encoding)[0].length;
    if (given != labels.number()) {
      throw new IllegalArgumentException(
          MODEL + " has " + given + " labels, " + OnnxLabels.FILE + " " + labels.number());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<RecognizedMention> recognize(TokenizedText headline, TokenizedText body) {
    List<RecognizedMention> mentions = new ArrayList<>();
    addMentions(headline, TextField.HEADLINE, mentions);
    addMentions(body, TextField.BODY, mentions);
    return mentions;
  }

  private void addMentions(TokenizedText text, TextField field, List<RecognizedMention> mentions) {
    int[] best = new int[text.tokens().size()];
    if (best.length > 0) {
      label(text, 0, text.sentences().size(), best);
    }
    for (Sentence sentence : text.sentences()) {
      int t = sentence.first();
      while (t < sentence.end()) {
        Optional<EntityKind> kind = labels.kind(best[t]);
        int end = t + 1;
        if (kind.isPresent()) {
          while (end < sentence.end() && labels.continues(best[end - 1], best[end])) {
            end++;
          }
          int from = text.tokens().get(t).start();
          int to = text.tokens().get(end - 1).end();
          mentions.add(
              new RecognizedMention(field, from, to, text.text().substring(from, to), kind.get()));
        }
        t = end;
      }
    }
  }

  /** Labels the words of sentences: of all at once if the model can read them, else by halves. */
  private void label(TokenizedText text, int firstSentence, int endSentence, int[] best) {
    int first = text.sentences().get(firstSentence).first();
    int end = text.sentences().get(endSentence - 1).end();
    if (endSentence - firstSentence > 1 && end - first > labels.longest()) {
      labelHalves(text, firstSentence, endSentence, best);
      return;
    }
    Encoding encoding = tokenizer.encode(textOf(text, first, end));
    if (encoding.getIds().length <= labels.longest()) {
      label(text, first, end, encoding, best);
    } else if (endSentence - firstSentence > 1) {
      labelHalves(text, firstSentence, endSentence, best);
    } else {
      labelLong(text, first, end, best);
    }
  }

  private void labelHalves(TokenizedText text, int firstSentence, int endSentence, int[] best) {
    int middle = (firstSentence + endSentence) / 2;
    label(text, firstSentence, middle, best);
    label(text, middle, endSentence, best);
  }

  /**
   * Labels words of one sentence that is too long; a word that is too long by itself is no name.
   */
  private void labelLong(TokenizedText text, int first, int end, int[] best) {
    Encoding encoding = tokenizer.encode(textOf(text, first, end));
    if (encoding.getIds().length <= labels.longest()) {
      label(text, first, end, encoding, best);
    } else if (end - first > 1) {
      int middle = (first + end) / 2;
      labelLong(text, first, middle, best);
      labelLong(text, middle, end, best);
    } else {
      best[first] = labels.outside();
    }
  }

  private static String textOf(TokenizedText text, int first, int end) {
    return text.text()
        .substring(text.tokens().get(first).start(), text.tokens().get(end - 1).end());
  }

  private void label(TokenizedText text, int first, int end, Encoding encoding, int[] best) {
    float[][] scores;
    try {
      scores = scores(encoding);
    } catch (OrtException e) {
      throw new IllegalStateException("the entity model failed: " + e.getMessage(), e);
    }
    String window = textOf(text, first, end);
    int offset = text.tokens().get(first).start();
    CharSpan[] spans = encoding.getCharTokenSpans();
    int token = first;
    int labelled = first - 1;
    int codePoints = 0;
    int at = 0;
    for (int t = first; t < end; t++) {
      best[t] = labels.outside();
    }
    for (int s = 0; s < spans.length; s++) {
      if (spans[s] == null || spans[s].getEnd() <= spans[s].getStart()) {
        continue;
      }
      // The tokenizer counts code points; sub-words come in their order.
      if (spans[s].getStart() < codePoints) {
        continue;
      }
      at = window.offsetByCodePoints(at, spans[s].getStart() - codePoints);
      codePoints = spans[s].getStart();
      int ends = window.offsetByCodePoints(at, spans[s].getEnd() - codePoints);
      while (token < end && text.tokens().get(token).end() - offset <= at) {
        token++;
      }
      Token word = token < end ? text.tokens().get(token) : null;
      if (word != null && word.start() - offset < ends && labelled < token) {
        best[token] = highest(scores[s]);
        labelled = token;
      }
    }
  }

  private static int highest(float[] scores) {
    int highest = 0;
    for (int label = 1; label < scores.length; label++) {
      if (scores[label] > scores[highest]) {
        highest = label;
      }
    }
    return highest;
  }

  /** The model's scores of each label for each sub-word. */
  private float[][] scores(Encoding encoding) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, long[]> given = new HashMap<>();
    given.put(IDS, encoding.getIds());
    given.put(MASK, encoding.getAttentionMask());
    given.put(TYPES, encoding.getTypeIds());
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String input : session.getInputNames()) {
        if (!given.containsKey(input)) {
          throw new IllegalArgumentException(
              MODEL + " wants the input '" + input + "', which is none of " + given.keySet());
        }
        inputs.put(input, OnnxTensor.createTensor(environment, new long[][] {given.get(input)}));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        if (result.get(0).getValue() instanceof float[][][] scores
            && scores.length == 1
            && scores[0].length == encoding.getIds().length) {
          return scores[0];
        }
        throw new IllegalArgumentException(
            MODEL + " is no token classification: its output isn't scores of labels per token");
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static String hash(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String oneLine(Throwable error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.strip().replaceAll("\\s+", " ");
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("can't close the entity model", e);
    }
  }
}
