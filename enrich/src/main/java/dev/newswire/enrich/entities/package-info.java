/**
 * Who and where an article is about: the bundled knowledge base, which names in the text mean the
 * same, which known entity they mean, and how much the article is about each.
 *
 * <p>What finds the names is in {@link dev.newswire.enrich.recognition}.
 */
package dev.newswire.enrich.entities;
