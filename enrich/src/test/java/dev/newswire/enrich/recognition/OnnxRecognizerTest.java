// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newswire.enrich.Articles;
import dev.newswire.enrich.EnrichSettings.Limits;
import dev.newswire.enrich.EnrichSettings.Replacements;
import dev.newswire.enrich.LiveEnricher;
import dev.newswire.enrich.text.Tokenizer;
import dev.newswire.runtime.UserError;
import dev.newswire.schemas.EnrichedArticle;
import dev.newswire.schemas.EntityKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRecognizerTest {

  private static final String BODY = "😀 Ada Lovelace met Acme in Oslo. The Bible said the Oslo.";

  @TempDir private Path folder;

  @Test
  void subWordsAreJoinedToTheWordsOfTheText() throws IOException {
    try (OnnxRecognizer recognizer = recognizer(512)) {
      List<RecognizedMention> mentions =
          recognizer.recognize(Tokenizer.tokenize("Acme in Oslo"), Tokenizer.tokenize(BODY));

      assertThat(mentions)
          .extracting(RecognizedMention::text)
          .containsExactly("Acme", "Oslo", "Ada Lovelace", "Acme", "Oslo", "Oslo");
      RecognizedMention ada = mentions.get(2);
      assertThat(ada.kind()).isEqualTo(EntityKind.PERSON);
      assertThat(BODY.substring(ada.start(), ada.end())).isEqualTo("Ada Lovelace");
    }
  }

  @Test
  void aLongTextIsReadInWindows() throws IOException {
    String longText = "Ada Lovelace met Acme in Oslo.\n\n".repeat(40) + "in ".repeat(60) + "Oslo";
    try (OnnxRecognizer recognizer = recognizer(16)) {
      List<RecognizedMention> mentions =
          recognizer.recognize(Tokenizer.tokenize(""), Tokenizer.tokenize(longText));

      assertThat(mentions).hasSize(40 * 3 + 1);
      assertThat(mentions)
          .allSatisfy(
              mention ->
                  assertThat(longText.substring(mention.start(), mention.end()))
                      .isEqualTo(mention.text()));
    }
  }

  @Test
  void theStampNamesTheModelAndItsHash() throws IOException {
    Replacements replacements =
        new Replacements(
            Optional.empty(),
            Optional.empty(),
            Optional.of(TinyOnnxModel.write(folder.resolve("tiny"), 512)));
    try (LiveEnricher enricher =
        LiveEnricher.bundled(replacements, Limits.DEFAULT, new SimpleMeterRegistry())) {
      EnrichedArticle article = enricher.enrich(Articles.raw("1", "Acme in Oslo", BODY));

      assertThat(article.getStamp().getModel()).matches("tiny@[0-9a-f]{12}");
      assertThat(article.getStamp().getFailures()).isEmpty();
      assertThat(article.getEntities())
          .extracting(entity -> entity.getName())
          .contains("Ada Lovelace", "Acme", "Oslo");
    }
  }

  @Test
  void aFolderThatIsNoModelIsToldInOneLine() throws IOException {
    assertThatThrownBy(() -> OnnxRecognizer.ofFolder("--entity-model", folder.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "--entity-model: the entity model '.*none' can't be used: .*model.onnx.*");

    Path damaged = TinyOnnxModel.write(folder.resolve("damaged"), 512);
    Files.writeString(damaged.resolve("model.onnx"), "no model");
    assertThatThrownBy(() -> OnnxRecognizer.ofFolder("--entity-model", damaged))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("--entity-model: the entity model '.*damaged' can't be used: .+");

    Path nameless = TinyOnnxModel.write(folder.resolve("nameless"), 512);
    Files.writeString(nameless.resolve("config.json"), "{\"id2label\": {\"0\": \"LABEL_0\"}}");
    assertThatThrownBy(() -> OnnxRecognizer.ofFolder("--entity-model", nameless))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no labels of people, organisations or places");
  }

  private OnnxRecognizer recognizer(int positions) throws IOException {
    return OnnxRecognizer.ofFolder(
        "--entity-model", TinyOnnxModel.write(folder.resolve("tiny"), positions));
  }
}
