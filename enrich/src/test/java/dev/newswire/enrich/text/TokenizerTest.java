// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  @Test
  void quotesPossessivesAndContractionsAreTokensOfTheirOwn() {
    assertThat(forms("“Russia’s army hasn't moved,” O'Brien said."))
        .containsExactly(
            "“", "Russia", "’s", "army", "has", "n't", "moved", ",", "”", "O'Brien", "said", ".");
  }

  @Test
  void initialsAndAbbreviationsKeepTheirPoints() {
    assertThat(forms("Gen. J. B. Smith of the U.S. met Mr. Li at 9 a.m."))
        .containsExactly(
            "Gen.", "J.", "B.", "Smith", "of", "the", "U.S.", "met", "Mr.", "Li", "at", "9",
            "a.m.");
  }

  @Test
  void hyphenatedWordsAreSplitAndNumbersAreNot() {
    assertThat(forms("A Moscow-backed firm lost 1,250.75 at 12:30"))
        .containsExactly("A", "Moscow", "-", "backed", "firm", "lost", "1,250.75", "at", "12:30");
  }

  @Test
  void addressesUserNamesHashtagsAndEmojiStayWhole() {
    assertThat(forms("See https://example.org/a?b=1, @afp #Kyiv desk@example.org 👩🏽‍🚀🇺🇦!"))
        .containsExactly(
            "See",
            "https://example.org/a?b=1",
            ",",
            "@afp",
            "#Kyiv",
            "desk@example.org",
            "👩🏽‍🚀",
            "🇺🇦",
            "!");
  }

  @Test
  void characterReferencesAreResolvedAndOffsetsAreOfTheOriginal() {
    String text = "AT&amp;T&nbsp;said &#8220;no&#x201D; &amp &bogus; &#xD800;";

    List<Token> tokens = Tokenizer.tokenize(text).tokens();

    assertThat(tokens.get(0)).isEqualTo(new Token(0, 8, "AT&T"));
    assertThat(tokens.get(1)).isEqualTo(new Token(14, 18, "said"));
    assertThat(tokens.get(2).form()).isEqualTo("“");
    assertThat(text.substring(tokens.get(4).start(), tokens.get(4).end())).isEqualTo("&#x201D;");
  }

  @Test
  void offsetsAreThoseOfTheText() {
    String text = "Putin 🙂 met “Xi”\n\n in  Beijing\t(China).";
    for (Token token : Tokenizer.tokenize(text).tokens()) {
      assertThat(text.substring(token.start(), token.end())).isEqualTo(token.form());
    }
  }

  @Test
  void sentencesEndAfterClosingMarksButNotAfterTitles() {
    assertThat(sentences("Dr. Ahn spoke. “It ended.” He left the U.S. The end? Yes! No. 5 won"))
        .containsExactly(
            "Dr. Ahn spoke .",
            "“ It ended . ”",
            "He left the U.S.",
            "The end ?",
            "Yes !",
            "No .",
            "5 won");
  }

  @Test
  void aDatelineIsASentenceOfItsOwn() {
    assertThat(sentences("KYIV, April 7 (AFP) - Ukraine said so.\n\nPARIS — France did."))
        .containsExactly(
            "KYIV , April 7 ( AFP ) -", "Ukraine said so .", "PARIS —", "France did .");
  }

  @Test
  void wrappedLinesGoOnAndShortOnesEnd() {
    String wrapped =
        "The minister said on Monday that the talks with the\nEuropean Union would go on.\nMore";
    assertThat(sentences("A headline\n" + wrapped))
        .containsExactly(
            "A headline",
            "The minister said on Monday that the talks with the European Union would go on .",
            "More");
  }

  @Test
  void theCasingOfASentenceIsTold() {
    assertThat(casing("PUTIN ARRIVES IN BEIJING")).isEqualTo(Casing.CAPITALS);
    assertThat(casing("Putin Arrives in Beijing for Talks With Xi")).isEqualTo(Casing.TITLE);
    assertThat(casing("Putin arrives in Beijing for talks")).isEqualTo(Casing.NORMAL);
    assertThat(casing("putin arrives in beijing")).isEqualTo(Casing.LOWER);
  }

  private static Casing casing(String text) {
    return Tokenizer.tokenize(text).sentences().get(0).casing();
  }

  private static List<String> forms(String text) {
    return Tokenizer.tokenize(text).tokens().stream().map(Token::form).toList();
  }

  private static List<String> sentences(String text) {
    TokenizedText tokenized = Tokenizer.tokenize(text);
    return tokenized.sentences().stream()
        .map(s -> tokenized.tokens().subList(s.first(), s.end()))
        .map(tokens -> String.join(" ", tokens.stream().map(Token::form).toList()))
        .toList();
  }
}
