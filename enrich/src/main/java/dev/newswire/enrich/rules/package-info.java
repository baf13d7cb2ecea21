/**
 * Documents of rules as users write them in YAML: read strictly, so that what is wrong with one
 * entry becomes a {@link dev.newswire.enrich.rules.Fault} with its reason, and the others are used.
 * What the entries mean is the concern of those who read them.
 */
package dev.newswire.enrich.rules;
