/**
 * Who and where an article is about: the bundled knowledge base, the names in the text, which of
 * them mean the same, which known entity they mean, and how much the article is about each.
 *
 * <p>What finds names by a trained model is not here.
 */
package dev.newswire.enrich.entities;
