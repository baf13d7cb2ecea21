// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka broker inside this JVM: the one that {@code newswire run} starts, and the real part that
 * the tests of all stages use. It knows nothing of articles or topics.
 */
package dev.newswire.broker;
