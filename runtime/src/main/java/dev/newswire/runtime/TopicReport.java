// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import java.util.List;

/**
 * What became of the wish that a topic exist.
 *
 * @param topic the topic's name
 * @param outcome what was found or done
 * @param differences each setting that is not as wanted, as "retention.ms is 5, not 7"; empty
 *     unless the outcome says so
 */
public record TopicReport(String topic, Outcome outcome, List<String> differences) {

  /** What was found or done. */
  public enum Outcome {
    /** It was not there and has been made. */
    CREATED,
    /** It was there, just as wanted. */
    EXISTS,
    /** It was there with other settings, which were left alone. */
    DIFFERS
  }
}
