// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.newswire.cli.PatternSample.Repeated;
import dev.newswire.cli.WrittenPatterns.Written;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * No text from outside takes more than linear work or a deep stack in a regular expression: every
 * one that the main code has is run against long texts made to go wrong in it.
 */
class PatternsTest {

  /** Threads of a stage have more; what needs this little at length needs no more at any length. */
  private static final int SMALL_STACK = 192 * 1024;

  private static final int REPEATS = 1_000;

  /** Steps for each character of a text; a quadratic search takes a thousand. */
  private static final int STEPS = 100;

  private static final int SAMPLES = 24;

  @TestFactory
  Stream<DynamicTest> everyPatternIsLinearOnASmallStack() throws Exception {
    return new WrittenPatterns()
        .patterns().stream()
            .distinct()
            .map(
                written ->
                    dynamicTest(
                        written.where() + ": " + written.expression(),
                        () -> assertThat(fault(written)).isEmpty()));
  }

  @Test
  void everyPatternIsAConstantThatThisTestCanSee() throws Exception {
    WrittenPatterns written = new WrittenPatterns();
    assertThat(written.patterns()).hasSizeGreaterThan(80);
    assertThat(written.computed()).isEmpty();
  }

  @Test
  void aPatternThatIsQuadraticExponentialOrDeepIsFound() throws Exception {
    for (String bad :
        List.of("\\s+x", "(a+)+b", "(a|b)*", "[a-z]+(-[a-z]+)*", "x\\s*\\s*y", "a.*b.*c")) {
      assertThat(fault(new Written("", bad, 0))).as(bad).isPresent();
    }
    for (String good : List.of("\\s+", "[a-z]++(?:-[a-z]++){0,9}", "\\d{1,9}(ms|s)", "^\\s+x")) {
      assertThat(fault(new Written("", good, 0))).as(good).isEmpty();
    }
  }

  /** What goes wrong with a pattern; empty where nothing does. */
  private static Optional<String> fault(Written written)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    Pattern pattern = written.compiled();
    List<String> texts = hostileTexts(written.expression());
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                result.complete(
                    texts.stream().flatMap(text -> fault(pattern, text).stream()).findFirst());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            },
            "small-stack",
            SMALL_STACK);
    small.start();
    return result.get();
  }

  private static Optional<String> fault(Pattern pattern, String text) {
    CountedText counted = new CountedText(text, (long) STEPS * text.length() + 10_000);
    try {
      pattern.matcher(counted).matches();
      counted.restart();
      Matcher search = pattern.matcher(counted);
      boolean found = search.find();
      while (found) {
        found = search.find();
      }
      return Optional.empty();
    } catch (TooManySteps e) {
      return Optional.of("more than " + STEPS + " steps a character of " + shown(text));
    } catch (StackOverflowError e) {
      return Optional.of("a deep stack for " + shown(text));
    }
  }

  private static String shown(String text) {
    return (text.substring(0, Math.min(60, text.length())) + "… (" + text.length() + ")")
        .replaceAll("[\\p{Cc}]", "?");
  }

  /** Texts that begin as a match does, and then repeat without end what may come again. */
  private static List<String> hostileTexts(String expression) {
    Random random = new Random(expression.hashCode());
    List<Character> letters = letters(expression);
    Set<String> texts = new LinkedHashSet<>();
    letters.forEach(letter -> texts.add(String.valueOf(letter).repeat(REPEATS) + '\0'));
    for (int i = 0; i < SAMPLES; i++) {
      PatternSample sample = new PatternSample(expression, letters, random);
      String text = sample.text();
      for (Repeated part : sample.repeated()) {
        String unit = text.substring(part.start(), part.end());
        texts.add(text.substring(0, part.start()) + unit.repeat(REPEATS) + '\0');
        texts.add(text.substring(0, part.end()).repeat(REPEATS / 4) + '\0');
      }
      texts.add(text.repeat(REPEATS / 4) + '\0');
    }
    return List.copyOf(texts);
  }

  private static List<Character> letters(String expression) {
    Set<Character> letters = new LinkedHashSet<>();
    (expression + " \t\n\r\u001f\u0301aZ10-.,;:='\"<>()é\uac00")
        .chars()
        .forEach(letter -> letters.add((char) letter));
    return List.copyOf(letters);
  }

  private static final class TooManySteps extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
  private static final class CountedText implements CharSequence {

    private final String text;
    private final long most;
    private long steps;

    CountedText(String text, long most) {
      this.text = text;
      this.most = most;
    }

    void restart() {
      steps = 0;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps > most) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }
  }
}
