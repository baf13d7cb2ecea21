// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import dev.newswire.schemas.EntityKind;
import dev.newswire.training.LabelledSentence.NameSpan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads labelled corpora: gzipped lines of token, tab and tag by the scheme BIO, with a blank line
 * between sentences and {@code -DOCSTART-} between documents.
 */
final class Corpus {

  private static final Map<String, EntityKind> KINDS =
      Map.of("PER", EntityKind.PERSON, "ORG", EntityKind.ORGANISATION, "LOC", EntityKind.PLACE);

  private final List<List<LabelledSentence>> documents = new ArrayList<>();
  private List<LabelledSentence> document = new ArrayList<>();
  private List<String> tokens = new ArrayList<>();
  private List<String> tags = new ArrayList<>();

  private Corpus() {}

  /** The documents of a corpus, each as its sentences. */
  static List<List<LabelledSentence>> read(Path file) throws IOException {
    Corpus corpus = new Corpus();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        corpus.add(line);
      }
    }
    corpus.endDocument();
    return corpus.documents;
  }

  private void add(String line) {
    int tab = line.indexOf('\t');
    if (line.startsWith("-DOCSTART-")) {
      endDocument();
    } else if (tab < 0) {
      endSentence();
    } else {
      tokens.add(line.substring(0, tab));
      tags.add(line.substring(tab + 1));
    }
  }

  private void endSentence() {
    if (tokens.isEmpty()) {
      return;
    }
    List<NameSpan> names = new ArrayList<>();
    for (int first = 0; first < tags.size(); first++) {
      if (tags.get(first).equals("O")) {
        continue;
      }
      String kind = tags.get(first).substring(2);
      int end = first + 1;
      while (end < tags.size() && tags.get(end).equals("I-" + kind)) {
        end++;
      }
      names.add(new NameSpan(first, end, KINDS.get(kind)));
      first = end - 1;
    }
    document.add(new LabelledSentence(tokens, names));
    tokens = new ArrayList<>();
    tags = new ArrayList<>();
  }

  private void endDocument() {
    endSentence();
    if (!document.isEmpty()) {
      documents.add(document);
      document = new ArrayList<>();
    }
  }
}
