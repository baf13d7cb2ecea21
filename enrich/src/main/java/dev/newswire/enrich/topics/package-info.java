/**
 * Editors' topics: a taxonomy of rules in YAML, and what matches articles against them all at once.
 *
 * <p>A {@link dev.newswire.enrich.topics.Taxonomy} is read, its faulty rules set aside, and made
 * into a {@link dev.newswire.enrich.topics.TopicMatcher}, which holds the queries in Lucene
 * Monitor. How rules are published and swapped is the stage's concern, not this package's.
 */
package dev.newswire.enrich.topics;
