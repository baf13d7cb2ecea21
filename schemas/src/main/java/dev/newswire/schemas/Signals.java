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

  /** The text withdraws another article, or itself: it tells of no event. */
  public static final String KILL = "kill";

  /** The same in other words. */
  public static final String WITHDRAWN = "withdrawn";

  /** The text takes the place of an earlier one about the same event, with what is new. */
  public static final String UPDATE = "update";

  /** The text sums up what was sent about an event. */
  public static final String WRAPUP = "wrapup";

  /** A new beginning of an earlier text. */
  public static final String LEAD = "lead";

  private Signals() {}
}
