// SPDX-License-Identifier: Apache-2.0
package dev.newswire.schemas;

/** The signals that more than one stage acts on; {@link Article#getSignals()} may hold others. */
public final class Signals {

  /** The revision corrects an error in an earlier one. */
  public static final String CORRECTION = "correction";

  /** The provider's clock was more than a day ahead of ours; its moments were clamped. */
  public static final String CLOCK_AHEAD = "clock-ahead";

  /** The embargo could not be read as a moment; the article is embargoed with no known end. */
  public static final String EMBARGO_UNREADABLE = "embargo-unreadable";

  private Signals() {}
}
