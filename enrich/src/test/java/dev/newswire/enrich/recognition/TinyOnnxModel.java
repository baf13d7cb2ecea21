// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model that knows a few words by heart: it looks the scores of each sub-word's label up in
 * a table. Written byte by byte, as onnx.proto of ONNX says.
 */
final class TinyOnnxModel {

  private static final List<String> LABELS =
      List.of("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC");

  /** Label by sub-word; those of the vocabulary that isn't named are O. */
  private static final Map<String, String> VOCABULARY = vocabulary();

  private TinyOnnxModel() {}

  private static Map<String, String> vocabulary() {
    Map<String, String> words = new LinkedHashMap<>();
    for (String word : List.of("[UNK]", "[CLS]", "[SEP]", "met", "in", ".", "the", "said")) {
      words.put(word, "O");
    }
    words.put("Ada", "B-PER");
    words.put("Love", "I-PER");
    // What follows the first sub-word of a word counts for nothing.
    words.put("##lace", "B-LOC");
    words.put("Acme", "B-ORG");
    words.put("Oslo", "B-LOC");
    words.put("Bible", "B-MISC");
    return words;
  }

  /** Writes a model that reads at most so many sub-words at once. */
  static Path write(Path folder, int positions) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), model());
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
    List<String> names = new ArrayList<>();
    for (int label = 0; label < LABELS.size(); label++) {
      names.add("\"" + label + "\": \"" + LABELS.get(label) + "\"");
    }
    Files.writeString(
        folder.resolve("config.json"),
        "{\"max_position_embeddings\": %d, \"id2label\": {%s}}"
            .formatted(positions, String.join(", ", names)));
    return folder;
  }

  private static String tokenizer() {
    List<String> entries = new ArrayList<>();
    VOCABULARY.keySet().forEach(word -> entries.add("\"" + word + "\": " + entries.size()));
    return """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [
           {"id": 1, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true},
           {"id": 2, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "BertPreTokenizer"},
         "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]},
         "decoder": null,
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                   "max_input_chars_per_word": 100, "vocab": {%s}}}
        """
        .formatted(String.join(", ", entries));
  }

  private static byte[] model() {
    ByteBuffer table =
        ByteBuffer.allocate(VOCABULARY.size() * LABELS.size() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (String label : VOCABULARY.values()) {
      LABELS.forEach(other -> table.putFloat(other.equals(label) ? 1 : 0));
    }
    Message tensor =
        new Message()
            .number(1, VOCABULARY.size())
            .number(1, LABELS.size())
            .number(2, 1)
            .text(8, "table")
            .bytes(9, table.array());
    Message gather =
        new Message().text(1, "table").text(1, "input_ids").text(2, "logits").text(4, "Gather");
    Message graph =
        new Message()
            .message(1, gather)
            .text(2, "tiny")
            .message(5, tensor)
            .message(11, value("input_ids", 7, "one", "length"))
            .message(12, value("logits", 1, "one", "length", "labels"));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().number(2, 13))
        .toByteArray();
  }

  private static Message value(String name, int type, String... dimensions) {
    Message shape = new Message();
    for (String dimension : dimensions) {
      shape.message(1, new Message().text(2, dimension));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message of Protocol Buffers. */
  private static final class Message {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toByteArray());
    }

    Message bytes(int field, byte[] value) {
      varint(((long) field << 3) | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while (rest > 0x7F) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
