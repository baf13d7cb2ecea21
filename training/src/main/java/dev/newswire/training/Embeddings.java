// SPDX-License-Identifier: Apache-2.0
package dev.newswire.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.util.Map;
import org.tukaani.xz.XZInputStream;

/**
 * The word vectors of NLP4J's English lexica, from the class path: {@code
 * edu.emory.mathcs.nlp:nlp4j-english:1.1.3}, Apache-2.0. The clusters of the corpora's lexica were
 * made of them.
 */
final class Embeddings {

  private static final String RESOURCE =
      "/edu/emory/mathcs/nlp/lexica/en-word-embeddings-undigitalized.xz";

  private Embeddings() {}

  /** Vectors by word as written, digits folded to 0. */
  @SuppressWarnings("unchecked")
  static Map<String, float[]> read() throws IOException {
    try (InputStream resource = Embeddings.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IOException("no word vectors on the class path: " + RESOURCE);
      }
      ObjectInputStream in =
          new ObjectInputStream(new BufferedInputStream(new XZInputStream(resource), 1 << 16));
      in.setObjectInputFilter(
          ObjectInputFilter.Config.createFilter("java.util.*;java.lang.*;maxdepth=3;!*"));
      return (Map<String, float[]>) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException("the word vectors are of another kind", e);
    }
  }
}
