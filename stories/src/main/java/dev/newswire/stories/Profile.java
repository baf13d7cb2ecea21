// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

/**
 * What is compared of an article to find its story.
 *
 * @param text words of the headline and of the beginning of the body, by TF-IDF
 * @param headline words of the headline, by TF-IDF
 * @param names entities, by salience and IDF
 */
record Profile(Vector text, Vector headline, Vector names) {}
