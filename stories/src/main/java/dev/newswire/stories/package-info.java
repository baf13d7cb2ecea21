// SPDX-License-Identifier: Apache-2.0
/**
 * Copies and stories: which articles carry the same text, and which tell of the same event.
 *
 * <p>{@link dev.newswire.stories.StoryEngine} decides. It knows nothing of Kafka, of clocks or of
 * chance: the same articles in the same order give the same result. All sums are of whole numbers,
 * so that they do not depend on the order in which state is restored; ties go to the smaller id.
 */
package dev.newswire.stories;
