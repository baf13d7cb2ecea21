// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.schemas.EntityKind;
import java.util.List;

/**
 * The labels of tokens, by the scheme BILOU: a token is outside of names, or begins, continues or
 * ends one of several tokens, or is one by itself. A label is a number: {@link #OUTSIDE}, or {@code
 * 1 + 4 × kind + position}.
 */
public final class Labels {

  /** Number of labels. */
  public static final int COUNT = 13;

  /** The label of what is in no name. */
  public static final int OUTSIDE = 0;

  /** Positions in a name. */
  public static final int BEGIN = 0;

  public static final int INSIDE = 1;
  public static final int LAST = 2;
  public static final int UNIT = 3;

  private static final List<EntityKind> KINDS =
      List.of(EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE);

  private Labels() {}

  /** The label of a position in a name of a kind. */
  public static int of(EntityKind kind, int position) {
    return 1 + 4 * KINDS.indexOf(kind) + position;
  }

  /** The kind of name of a label other than {@link #OUTSIDE}. */
  public static EntityKind kind(int label) {
    return KINDS.get(kindIndex(label));
  }

  /** The position of a label other than {@link #OUTSIDE}. */
  public static int position(int label) {
    return (label - 1) % 4;
  }

  static int kindIndex(int label) {
    return (label - 1) / 4;
  }

  /** Whether one label may come right before another. */
  public static boolean mayPrecede(int before, int after) {
    return leavesOpen(before)
        ? entersOpen(after) && kindIndex(before) == kindIndex(after)
        : !entersOpen(after);
  }

  /** Whether a sentence may begin with a label. */
  public static boolean mayBegin(int label) {
    return !entersOpen(label);
  }

  /** Whether a sentence may end with a label. */
  public static boolean mayEnd(int label) {
    return !leavesOpen(label);
  }

  private static boolean leavesOpen(int label) {
    return label != OUTSIDE && (position(label) == BEGIN || position(label) == INSIDE);
  }

  private static boolean entersOpen(int label) {
    return label != OUTSIDE && (position(label) == INSIDE || position(label) == LAST);
  }
}
