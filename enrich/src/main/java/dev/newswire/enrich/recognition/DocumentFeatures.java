// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.enrich.text.Casing;
import dev.newswire.enrich.text.Sentence;
import dev.newswire.enrich.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the model sees of the tokens of one document, as hashed features: each token's own words and
 * those around it, their combinations, the run of capitals that it stands in, names that are known,
 * how the document writes the same word elsewhere and, once there are any, first decisions about
 * it.
 *
 * <p>Not thread-safe.
 */
public final class DocumentFeatures {

  /** How far neighbours are seen. */
  public static final int REACH = 2;

  private static final int LONGEST_NAME = 6;

  /** How far from a name its neighbours among names are looked for. */
  private static final int NAMES_REACH = 4;

  /** How far the words are seen that tell what a sentence is about. */
  private static final int TOPIC_REACH = 6;

  /** Words that join capitalised ones to one name: Bank of England. */
  private static final Set<String> JOINERS =
      Set.of(
          "of", "de", "van", "von", "der", "la", "al", "bin", "da", "di", "du", "&", "-", "for",
          "and", "the");

  /** Of how many words beyond those next to a run the mean is seen. */
  private static final int MEAN_REACH = 5;

  private final Document document;
  private final Word[] words;
  private final int[] sentenceOf;
  private final int[] knownNames;
  private final int[] runFirst;
  private final int[] runEnd;

  /** How often each word stands in lower case, and how often with a capital. */
  private final WordCounts usage;

  /**
   * Reads a document.
   *
   * @param words of its tokens
   */
  public DocumentFeatures(Document document, Word[] words, Lexica lexica) {
    this.document = document;
    this.words = words;
    sentenceOf = new int[words.length];
    knownNames = new int[words.length];
    runFirst = new int[words.length];
    runEnd = new int[words.length];
    usage = new WordCounts(2, words.length);
    List<Sentence> sentences = document.sentences();
    for (int s = 0; s < sentences.size(); s++) {
      Sentence sentence = sentences.get(s);
      java.util.Arrays.fill(sentenceOf, sentence.first(), sentence.end(), s);
      findNames(sentence, lexica);
      findRuns(sentence);
      countUsage(sentence);
    }
  }

  /** Features that a word has by itself, seen from the token at an offset from it, -2 to 2. */
  public static void ofWord(Word word, int offset, Features features) {
    if (offset == 0) {
      ofIdentity(word, features);
      ofKind(word, features);
    } else {
      for (int attribute : word.neighbour) {
        features.add(Hashes.of(Template.AT.number + offset, attribute));
      }
    }
  }

  /** The features of the token's own word that training hides now and then. */
  public static void ofIdentity(Word word, Features features) {
    for (int attribute : word.identity) {
      features.add(Hashes.of(Template.AT.number, attribute));
    }
  }

  /** The other features of the token's own word. */
  public static void ofKind(Word word, Features features) {
    for (int attribute : word.kind) {
      features.add(Hashes.of(Template.AT.number, attribute));
    }
  }

  /** The sentence that a token stands in. */
  Sentence sentence(int token) {
    return document.sentences().get(sentenceOf[token]);
  }

  /** The word at an offset from a token: a boundary outside of its sentence. */
  public Word wordAt(int token, int offset) {
    Sentence sentence = sentence(token);
    int at = token + offset;
    return at < sentence.first() || at >= sentence.end() ? Word.BOUNDARY : words[at];
  }

  /** Features of a token in its place: all but those of single words and of decisions. */
  public void inPlace(int token, Features features) {
    Sentence sentence = sentence(token);
    Word word = words[token];
    Word left = wordAt(token, -1);
    Word right = wordAt(token, 1);
    Word farLeft = wordAt(token, -2);
    Word farRight = wordAt(token, 2);
    int casing = sentence.casing().number();
    boolean first = token == sentence.first();

    features.add(Template.BIAS.hash(casing));
    features.add(Template.LOWER_LEFT.hash(left.lower, word.lower));
    features.add(Template.LOWER_RIGHT.hash(word.lower, right.lower));
    features.add(Template.LOWER_AROUND.hash(left.lower, right.lower));
    features.add(Template.LOWER_BEFORE.hash(farLeft.lower, left.lower));
    features.add(Template.LOWER_AFTER.hash(right.lower, farRight.lower));
    features.add(Template.LEFT_SHAPE.hash(left.lower, word.shape));
    features.add(Template.RIGHT_SHAPE.hash(right.lower, word.shape));
    features.add(Template.BROWN_LEFT.hash(left.brownCut, word.brownCut));
    features.add(Template.BROWN_RIGHT.hash(word.brownCut, right.brownCut));
    features.add(Template.CLUSTER_LEFT.hash(left.cluster, word.cluster));
    features.add(Template.CLUSTER_RIGHT.hash(word.cluster, right.cluster));
    features.add(Template.SHAPES.hash(Hashes.of(left.shape, word.shape), right.shape));
    features.add(Template.SHAPES_LEFT.hash(Hashes.of(farLeft.shape, left.shape), word.shape));
    features.add(Template.SHAPES_RIGHT.hash(Hashes.of(word.shape, right.shape), farRight.shape));
    features.add(Template.CLUSTER_SHAPE.hash(word.cluster, word.shape));
    if (first) {
      features.add(Template.FIRST.hash(word.shape));
      features.add(Template.FIRST_BROWN.hash(word.brown));
    }
    if (glued(token)) {
      features.add(Template.GLUED.hash(left.lower, word.shape));
    }
    if (token + 1 < sentence.end() && glued(token + 1)) {
      features.add(Template.GLUED_RIGHT.hash(right.lower, word.shape));
    }
    addRun(token, sentence, features);
    addNames(token, sentence, features);
    addUsage(token, features);
    if (word.capitalised) {
      addTopic(token, sentence, features);
    }
  }

  /**
   * Whether a token may well be of a name: where a sentence writes names with capitals, what stands
   * in a run of them. The hidden layer is asked about no others, for it takes time.
   */
  boolean mayBeName(int token) {
    return runEnd[token] > 0 || sentence(token).casing() != Casing.NORMAL;
  }

  /**
   * What the hidden layer sees of a token: nothing where it is not asked.
   *
   * @param documentMean of {@link #mean()}
   */
  public void surroundings(int token, float[] documentMean, Surroundings surroundings) {
    surroundings.clear();
    if (!mayBeName(token)) {
      return;
    }
    for (int offset = -REACH; offset <= REACH; offset++) {
      surroundings.word(Role.at(offset), wordAt(token, offset));
    }
    if (isInRun(token)) {
      aroundRun(token, surroundings);
    }
    mark(token, surroundings);
    surroundings.put(Role.DOCUMENT, documentMean);
  }

  /** Whether a token stands in a run of capitals where those mean something. */
  boolean isInRun(int token) {
    return runEnd[token] > 0 && sentence(token).casing() == Casing.NORMAL;
  }

  /** The first token of a token's run. */
  int runFirst(int token) {
    return runFirst[token];
  }

  /** What the hidden layer sees of a token's run, which is the same for all tokens of it. */
  void aroundRun(int token, Surroundings seen) {
    Sentence sentence = sentence(token);
    int start = runFirst[token];
    int end = runEnd[token];
    if (end - start > 1) {
      seen.word(Role.RUN_FIRST, words[start]);
      seen.word(Role.RUN_LAST, words[end - 1]);
    }
    seen.word(Role.BEFORE_RUN, start > sentence.first() ? words[start - 1] : Word.BOUNDARY);
    seen.word(Role.AFTER_RUN, end < sentence.end() ? words[end] : Word.BOUNDARY);
    int farLeft = Math.max(sentence.first(), start - 1 - MEAN_REACH);
    int farRight = Math.min(sentence.end(), end + 1 + MEAN_REACH);
    seen.mean(Role.FARTHER_LEFT, meant(farLeft, start - 1));
    seen.mean(Role.FARTHER_RIGHT, meant(end + 1, farRight));
  }

  /** The mean of the vectors of all words. */
  public float[] mean() {
    return Surroundings.meanOf(meant(0, words.length));
  }

  private List<Word> meant(int first, int end) {
    List<Word> meant = new ArrayList<>();
    for (int t = first; t < end; t++) {
      if (words[t].letters && words[t].hasVector) {
        meant.add(words[t]);
      }
    }
    return meant;
  }

  /** The marks of a token. */
  void mark(int token, Surroundings surroundings) {
    Sentence sentence = sentence(token);
    Word word = words[token];
    if (isInRun(token)) {
      int length = Math.min(runEnd[token] - runFirst[token], 6);
      surroundings.add(Mark.RUN.number + 6 * length + Math.min(token - runFirst[token], 5));
    }
    surroundings.add(Mark.KNOWN.number + knownNames[token]);
    if (word.letters) {
      surroundings.add(Mark.USAGE.number + 2 * usage(token) + (word.capitalised ? 1 : 0));
    }
    boolean gluedRight = token + 1 < sentence.end() && glued(token + 1);
    surroundings.add(Mark.GLUED.number + (glued(token) ? 1 : 0) + (gluedRight ? 2 : 0));
  }

  /**
   * Features of what was first decided about the same word elsewhere in the document, and about the
   * names beside it.
   *
   * @param decisions of the document
   */
  public void ofDecisions(int token, Decisions decisions, Features features) {
    for (int offset = -1; offset <= 1; offset++) {
      Word word = wordAt(token, offset);
      Optional<Decisions.Elsewhere> elsewhere =
          word.letters ? decisions.elsewhere(word, token + offset) : Optional.empty();
      if (elsewhere.isPresent()) {
        addDecisions(word, elsewhere.get(), offset, features);
      }
    }
    Sentence sentence = sentence(token);
    if (runEnd[token] > 0 || sentence.casing() == Casing.LOWER) {
      addNamesBeside(token, sentence, decisions, features);
    }
  }

  /** Features of the names before and after, for names come in rows: of teams, of people. */
  private void addNamesBeside(
      int token, Sentence sentence, Decisions decisions, Features features) {
    boolean inRun = runEnd[token] > 0;
    Beside before = beside(inRun ? runFirst[token] - 1 : token - 1, -1, sentence, decisions);
    Beside after = beside(inRun ? runEnd[token] : token + 1, 1, sentence, decisions);
    Word word = words[token];
    int kinds = before.kind * 8 + after.kind;
    features.add(Template.NAME_BEFORE.hash(before.hash(), word.shape));
    features.add(Template.NAME_AFTER.hash(after.hash(), word.shape));
    features.add(Template.NAMES_BESIDE.hash(kinds, word.shape));
    int between = Hashes.of(before.between, after.between);
    features.add(Template.NAMES_BETWEEN.hash(Hashes.of(kinds, between), word.capitalised ? 1 : 0));
  }

  private Beside beside(int from, int step, Sentence sentence, Decisions decisions) {
    int between = 0;
    int t = from;
    for (int seen = 0; seen < NAMES_REACH; seen++) {
      if (t < sentence.first() || t >= sentence.end()) {
        return Beside.NOTHING;
      }
      int label = decisions.label(t);
      if (label != Labels.OUTSIDE) {
        return new Beside(Labels.kindIndex(label), between);
      }
      between = Hashes.of(between, words[t].lower);
      t += step;
    }
    return Beside.NOTHING;
  }

  /**
   * The name next to a token or its run.
   *
   * @param kind by the order of {@link Labels}
   * @param between hash of the words in between
   */
  private record Beside(int kind, int between) {

    private static final Beside NOTHING = new Beside(7, 0);

    int hash() {
      return Hashes.of(kind, between);
    }
  }

  private static void addDecisions(
      Word word, Decisions.Elsewhere elsewhere, int offset, Features features) {
    int total = elsewhere.total();
    for (int label = 0; label < Labels.COUNT; label++) {
      int count = elsewhere.count(label);
      if (count > 0) {
        int share = 4 * count / total;
        features.add(Template.DECIDED.hash(offset, label));
        features.add(Template.DECIDED_SHARE.hash(offset, label * 8 + share));
      }
    }
    for (int kind = 0; kind < 4; kind++) {
      int count = elsewhere.kindCount(kind);
      if (count > 0) {
        features.add(Template.DECIDED_KIND.hash(offset, kind * 8 + 4 * count / total));
        if (offset == 0) {
          features.add(Template.DECIDED_SHAPE.hash(kind * 8 + 4 * count / total, word.shape));
        }
      }
    }
  }

  /**
   * Features of the corpus that a document is from, for training alone: what its annotators did
   * otherwise than those of the others is put down to them.
   */
  public void ofCorpus(int token, int corpus, Features features) {
    Word word = words[token];
    features.add(Template.CORPUS.hash(corpus));
    features.add(Template.CORPUS.hash(corpus, word.shape));
    features.add(Template.CORPUS_CLUSTER.hash(corpus, word.superCluster));
    features.add(Template.CORPUS_NEIGHBOUR.hash(corpus, wordAt(token, -1).superCluster));
  }

  /** Whether a token follows the one before without a space. */
  private boolean glued(int token) {
    if (token == 0) {
      return false;
    }
    Token before = document.tokens().get(token - 1);
    return before.end() == document.tokens().get(token).start();
  }

  private void addRun(int token, Sentence sentence, Features features) {
    if (runEnd[token] == 0 || sentence.casing() != Casing.NORMAL) {
      return;
    }
    int start = runFirst[token];
    int end = runEnd[token];
    if (end - start > 1) {
      Word last = words[end - 1];
      Word head = words[start];
      features.add(Template.RUN_LAST.hash(last.lower));
      features.add(Template.RUN_LAST_CLUSTER.hash(last.cluster));
      features.add(Template.RUN_FIRST.hash(head.lower));
      features.add(Template.RUN_FIRST_CLUSTER.hash(head.cluster));
      features.add(Template.RUN_PLACE.hash(Math.min(end - start, 6), Math.min(token - start, 5)));
    }
    Word before = start > sentence.first() ? words[start - 1] : Word.BOUNDARY;
    Word after = end < sentence.end() ? words[end] : Word.BOUNDARY;
    int clusters = 0;
    int shapes = 0;
    for (int t = start; t < Math.min(end, start + LONGEST_NAME); t++) {
      clusters = Hashes.of(clusters, words[t].superCluster);
      shapes = Hashes.of(shapes, words[t].shape);
    }
    int place = Math.min(token - start, 5);
    int ending = words[end - 1].superCluster;
    features.add(Template.RUN_CLUSTERS.hash(clusters, place));
    features.add(Template.RUN_SHAPES.hash(shapes, place));
    features.add(
        Template.RUN_AROUND.hash(Hashes.of(before.superCluster, after.superCluster), ending));
    features.add(Template.RUN_LAST_AFTER.hash(after.lower, ending));
    features.add(Template.RUN_FIRST_BEFORE.hash(before.lower, words[start].superCluster));
    features.add(Template.RUN_BEFORE.hash(before.lower));
    features.add(Template.RUN_AFTER.hash(after.lower));
    features.add(Template.RUN_BEFORE_CLUSTER.hash(before.cluster));
    features.add(Template.RUN_AFTER_CLUSTER.hash(after.cluster));
  }

  private void addNames(int token, Sentence sentence, Features features) {
    int known = knownNames[token];
    if (known != 0) {
      features.add(Template.KNOWN.hash(known));
      features.add(Template.KNOWN_SHAPE.hash(known, words[token].shape));
    }
    if (token > sentence.first() && knownNames[token - 1] != 0) {
      features.add(Template.KNOWN_LEFT.hash(knownNames[token - 1], known));
    }
    if (token + 1 < sentence.end() && knownNames[token + 1] != 0) {
      features.add(Template.KNOWN_RIGHT.hash(knownNames[token + 1], known));
    }
  }

  /** Features of the plain words farther off in the sentence. */
  private void addTopic(int token, Sentence sentence, Features features) {
    int end = Math.min(sentence.end(), token + TOPIC_REACH + 1);
    for (int t = Math.max(sentence.first(), token - TOPIC_REACH); t < end; t++) {
      Word word = words[t];
      if (Math.abs(t - token) > REACH && word.lowerCase && word.superCluster >= 0) {
        features.add(Template.TOPIC.hash(word.superCluster));
      }
    }
  }

  private void addUsage(int token, Features features) {
    Word word = words[token];
    if (word.letters) {
      int seen = usage(token);
      features.add(Template.USAGE.hash(seen, word.shape));
      features.add(Template.USAGE_CAPITALISED.hash(seen, word.capitalised ? 1 : 0));
    }
  }

  /**
   * How the document writes a token's word elsewhere: 1 in lower case, 2 with a capital, 4 where
   * the token begins a sentence, added up.
   */
  private int usage(int token) {
    Word word = words[token];
    Sentence sentence = sentence(token);
    boolean first = token == sentence.first();
    int lower = usage.get(word.lower, 0);
    int capitalised = usage.get(word.lower, 1);
    boolean normal = sentence.casing() == Casing.NORMAL;
    if (normal && word.lowerCase) {
      lower--;
    } else if (normal && !first) {
      capitalised--;
    }
    return (lower > 0 ? 1 : 0) + (capitalised > 0 ? 2 : 0) + (first ? 4 : 0);
  }

  private void countUsage(Sentence sentence) {
    if (sentence.casing() != Casing.NORMAL) {
      return;
    }
    for (int t = sentence.first(); t < sentence.end(); t++) {
      Word word = words[t];
      if (word.letters && (word.lowerCase || t > sentence.first())) {
        usage.add(word.lower, word.lowerCase ? 0 : 1);
      }
    }
  }

  /** Finds known names: of those that begin at a token, the longest. */
  private void findNames(Sentence sentence, Lexica lexica) {
    int token = sentence.first();
    while (token < sentence.end()) {
      int hash = 0;
      int length = 0;
      int kinds = 0;
      int limit = Math.min(sentence.end(), token + LONGEST_NAME);
      boolean possible = words[token].capitalised || sentence.casing() == Casing.LOWER;
      for (int t = token; possible && t < limit; t++) {
        hash = Lexica.nameHash(hash, words[t].lower);
        int known = lexica.names(hash);
        if (known % Lexica.BEGINS_NAME != 0) {
          length = t + 1 - token;
          kinds = known % Lexica.BEGINS_NAME;
        }
        if ((known & Lexica.BEGINS_NAME) == 0) {
          break;
        }
      }
      for (int i = 0; i < length; i++) {
        int position = length == 1 ? 3 : i == 0 ? 0 : i + 1 == length ? 2 : 1;
        knownNames[token + i] = kinds * 4 + position;
      }
      token += Math.max(1, length);
    }
  }

  /** Finds the runs of capitalised words, with the small words that join them. */
  private void findRuns(Sentence sentence) {
    int token = sentence.first();
    while (token < sentence.end()) {
      if (!words[token].capitalised) {
        token++;
        continue;
      }
      int end = token + 1;
      int ahead = end;
      while (ahead < sentence.end() && ahead - end < 3) {
        if (words[ahead].capitalised) {
          end = ahead + 1;
        } else if (!JOINERS.contains(document.tokens().get(ahead).form())) {
          break;
        }
        ahead++;
      }
      for (int t = token; t < end; t++) {
        runFirst[t] = token;
        runEnd[t] = end;
      }
      token = end;
    }
  }

  /** What the hidden layer knows of a token's place. Their numbers are part of the model. */
  private enum Mark {
    GLUED(0),
    RUN(4),
    KNOWN(50),
    USAGE(90);

    private final int number;

    Mark(int number) {
      this.number = number;
    }
  }

  /** What features are made of. Their numbers are part of the model. */
  private enum Template {
    AT(10),
    BIAS(20),
    LOWER_LEFT(21),
    LOWER_RIGHT(22),
    LOWER_AROUND(23),
    LOWER_BEFORE(24),
    LOWER_AFTER(25),
    LEFT_SHAPE(26),
    RIGHT_SHAPE(27),
    BROWN_LEFT(28),
    BROWN_RIGHT(29),
    CLUSTER_LEFT(32),
    CLUSTER_RIGHT(33),
    SHAPES(35),
    SHAPES_LEFT(36),
    SHAPES_RIGHT(37),
    CLUSTER_SHAPE(38),
    FIRST(39),
    FIRST_BROWN(40),
    GLUED(41),
    GLUED_RIGHT(42),
    RUN_LAST(43),
    RUN_LAST_CLUSTER(44),
    RUN_FIRST(45),
    RUN_FIRST_CLUSTER(46),
    RUN_PLACE(47),
    RUN_BEFORE(48),
    RUN_AFTER(49),
    RUN_BEFORE_CLUSTER(50),
    RUN_AFTER_CLUSTER(51),
    KNOWN(52),
    KNOWN_SHAPE(53),
    KNOWN_LEFT(54),
    KNOWN_RIGHT(55),
    USAGE(56),
    USAGE_CAPITALISED(57),
    DECIDED(58),
    DECIDED_SHARE(59),
    DECIDED_KIND(60),
    DECIDED_SHAPE(61),
    CORPUS(62),
    CORPUS_CLUSTER(63),
    CORPUS_NEIGHBOUR(64),
    RUN_CLUSTERS(70),
    RUN_SHAPES(71),
    RUN_AROUND(72),
    RUN_LAST_AFTER(73),
    RUN_FIRST_BEFORE(74),
    TOPIC(75),
    NAME_BEFORE(76),
    NAME_AFTER(77),
    NAMES_BESIDE(78),
    NAMES_BETWEEN(79);

    private final int number;

    Template(int number) {
      this.number = number;
    }

    int hash(int value) {
      return Hashes.of(number, value);
    }

    int hash(int a, int b) {
      return Hashes.of(number, a, b);
    }
  }
}
