// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.enrich.text.Casing;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a token says by itself, wherever it stands: computed once for all of its occurrences in
 * sentences of the same casing. Immutable.
 */
public final class Word {

  /** Stands before and after a sentence. */
  static final Word BOUNDARY = new Word();

  private static final int LONGEST_AFFIX = 4;

  /** Words are cut here for their hashes, so that no word takes more than its time. */
  private static final int LONGEST = 60;

  private static final int[] CUTS = {4, 6, 10};

  /** How many numbers the hidden layer reads of a word: its vector, and {@link Form}. */
  static final int INPUTS = 64;

  /** Attributes that tell the very word: its form, and its beginnings and ends. */
  final int[] identity;

  /** Attributes that it shares with words of the same kind. */
  final int[] kind;

  /** Attributes that a neighbour sees. */
  final int[] neighbour;

  final int lower;
  final int shape;
  final int brown;
  final int brownCut;
  final int cluster;
  final int superCluster;
  final boolean letters;
  final boolean capitalised;
  final boolean lowerCase;

  /** What the hidden layer reads. */
  final float[] inputs;

  /** Whether there is a vector among the inputs. */
  final boolean hasVector;

  private Word() {
    int boundary = Attribute.BOUNDARY.hash(0);
    identity = new int[] {boundary};
    kind = new int[0];
    neighbour = new int[] {boundary};
    lower = boundary;
    shape = boundary;
    brown = boundary;
    brownCut = boundary;
    cluster = boundary;
    superCluster = boundary;
    letters = false;
    capitalised = false;
    lowerCase = false;
    inputs = new float[INPUTS];
    hasVector = false;
    Form.BOUNDARY.set(inputs);
  }

  private Word(String form, Casing casing, Lexica lexica) {
    String lowerForm = foldDigits(form.toLowerCase(Locale.ROOT));
    boolean plain = casing == Casing.NORMAL;
    int first = form.codePointAt(0);
    boolean hasLetter = false;
    boolean hasUpper = false;
    boolean hasLower = false;
    boolean hasDigit = false;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      hasLetter |= Character.isLetter(c);
      hasUpper |= Character.isUpperCase(c);
      hasLower |= Character.isLowerCase(c);
      hasDigit |= Character.isDigit(c);
    }
    letters = hasLetter;
    capitalised = Character.isUpperCase(first);
    lowerCase = letters && !hasUpper;
    lower = Hashes.of(withoutPoint(lowerForm));
    shape = Hashes.of(Hashes.of(shape(form)), casing.number());
    String path = lexica.brownPath(lowerForm);
    brown = path.isEmpty() ? 0 : Hashes.of(path);
    brownCut = path.isEmpty() ? 0 : Hashes.of(cut(path, CUTS[1]));
    int lowerCluster = lexica.cluster(lowerForm);
    boolean restored = casing == Casing.CAPITALS || casing == Casing.LOWER;
    String written = restored ? capitalise(lowerForm) : foldDigits(form);
    int ownCluster = lexica.cluster(written);
    if (ownCluster == Lexica.NONE) {
      ownCluster = lowerCluster;
    }
    cluster = ownCluster;
    superCluster = ownCluster == Lexica.NONE ? -1 : lexica.superCluster(ownCluster);
    float[] ownVector = lexica.vector(written);
    float[] vector = ownVector.length == 0 ? lexica.vector(lowerForm) : ownVector;
    inputs = Arrays.copyOf(vector, INPUTS);
    hasVector = vector.length > 0;
    if (!hasVector) {
      Form.UNKNOWN.set(inputs);
    }
    Form.CASING.set(inputs, casing.number());
    if (lowerCase) {
      Form.LOWER.set(inputs);
    } else if (letters && !hasLower) {
      (form.length() == 1 ? Form.LETTER : Form.UPPER).set(inputs);
    } else if (capitalised) {
      Form.CAPITALISED.set(inputs);
    } else if (letters) {
      Form.MIXED.set(inputs);
    }
    if (hasDigit) {
      Form.DIGIT.set(inputs);
    } else if (!letters) {
      Form.SIGN.set(inputs);
    }
    if (form.indexOf('.') > 0) {
      Form.POINT.set(inputs);
    }

    Features features = new Features();
    if (plain) {
      features.add(Attribute.FORM.hash(Hashes.of(form)));
    }
    features.add(Attribute.LOWER.hash(lower));
    int length = lowerForm.length();
    for (int affix = 1; affix <= Math.min(LONGEST_AFFIX, length); affix++) {
      features.add(Attribute.PREFIX.hash(Hashes.of(lowerForm, 0, affix)));
      features.add(Attribute.SUFFIX.hash(Hashes.of(lowerForm, length - affix, length)));
    }
    identity = features.toArray();

    features.clear();
    features.add(Attribute.SHAPE.hash(shape));
    features.add(Attribute.SHORT_SHAPE.hash(shortShape(form), casing.number()));
    addClusters(features, path, lowerCluster, casing);
    kind = features.toArray();

    features.clear();
    features.add(Attribute.LOWER.hash(lower));
    features.add(Attribute.SHORT_SHAPE.hash(shortShape(form), casing.number()));
    if (length > 3) {
      features.add(Attribute.SUFFIX.hash(Hashes.of(lowerForm, length - 3, length)));
    }
    addClusters(features, path, lowerCluster, casing);
    neighbour = features.toArray();
  }

  /** The word of a form, in sentences of a casing. */
  public static Word of(String form, Casing casing, Lexica lexica) {
    int length = form.offsetByCodePoints(0, 1);
    length = Math.max(length, Math.min(form.length(), LONGEST));
    return new Word(form.substring(0, length), casing, lexica);
  }

  private void addClusters(Features features, String path, int lowerCluster, Casing casing) {
    if (!path.isEmpty()) {
      for (int cut : CUTS) {
        features.add(Attribute.BROWN.hash(Hashes.of(cut(path, cut)), cut));
      }
      features.add(Attribute.BROWN.hash(brown, 0));
    }
    if (cluster != Lexica.NONE) {
      boolean restored = casing == Casing.LOWER;
      features.add(Attribute.CLUSTER.hash(cluster, restored ? 1 : 0));
      features.add(Attribute.SUPER_CLUSTER.hash(superCluster, restored ? 1 : 0));
    }
    if (lowerCluster != Lexica.NONE) {
      features.add(Attribute.LOWER_CLUSTER.hash(lowerCluster));
    }
  }

  /** Writes Inc. and Corp. as Inc and Corp. */
  private static String withoutPoint(String lower) {
    boolean abbreviation = lower.length() > 2 && lower.indexOf('.') == lower.length() - 1;
    return abbreviation ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String cut(String path, int length) {
    return path.length() <= length ? path : path.substring(0, length);
  }

  private static String foldDigits(String form) {
    StringBuilder folded = new StringBuilder(form.length());
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      folded.append(Character.isDigit(c) ? '0' : c == '’' ? '\'' : c);
    }
    return folded.toString();
  }

  private static String capitalise(String lower) {
    return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }

  /** Classes of characters, no more than three alike in a row: Xxxx for Moscow and for Rome. */
  private static String shape(String form) {
    StringBuilder shape = new StringBuilder();
    int run = 0;
    for (int i = 0; i < form.length(); i++) {
      char c = characterClass(form.charAt(i));
      run = shape.length() > 0 && shape.charAt(shape.length() - 1) == c ? run + 1 : 1;
      if (run <= 3) {
        shape.append(c);
      }
    }
    return shape.toString();
  }

  /** The same with no two alike in a row, hashed. */
  private static int shortShape(String form) {
    StringBuilder shape = new StringBuilder();
    for (int i = 0; i < form.length(); i++) {
      char c = characterClass(form.charAt(i));
      if (shape.length() == 0 || shape.charAt(shape.length() - 1) != c) {
        shape.append(c);
      }
    }
    return Hashes.of(shape);
  }

  private static char characterClass(char c) {
    if (Character.isUpperCase(c)) {
      return 'X';
    }
    if (Character.isLetter(c)) {
      return 'x';
    }
    return Character.isDigit(c) ? '0' : c;
  }

  /**
   * What the hidden layer reads of a word's form, as 0 or 1. Their numbers are part of the model.
   */
  private enum Form {
    UNKNOWN(0),
    LOWER(1),
    CAPITALISED(2),
    UPPER(3),
    LETTER(4),
    MIXED(5),
    DIGIT(6),
    SIGN(7),
    POINT(8),
    BOUNDARY(9),
    /** One for each casing of the sentence. */
    CASING(10);

    private final int number;

    Form(int number) {
      this.number = number;
    }

    void set(float[] inputs) {
      set(inputs, 0);
    }

    void set(float[] inputs, int variant) {
      inputs[WordVectors.DIMENSIONS + number + variant] = 1;
    }
  }

  /** The kinds of attribute. Their order is part of the model. */
  enum Attribute {
    BOUNDARY(1),
    FORM(2),
    LOWER(3),
    PREFIX(4),
    SUFFIX(5),
    SHAPE(6),
    SHORT_SHAPE(7),
    BROWN(8),
    CLUSTER(9),
    SUPER_CLUSTER(10),
    LOWER_CLUSTER(11);

    private final int number;

    Attribute(int number) {
      this.number = number;
    }

    int hash(int value) {
      return Hashes.of(number, value);
    }

    int hash(int value, int variant) {
      return Hashes.of(number, value, variant);
    }
  }
}
