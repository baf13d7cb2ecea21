/**
 * The enrich stage: raw articles become enriched ones, by a pure function on a Kafka Streams
 * topology, with rules that change while it runs.
 *
 * <p>How texts are read, entities are found and topics are matched is in the packages below; where
 * articles come from and go to is no concern of this module.
 */
package dev.newswire.enrich;
