// SPDX-License-Identifier: Apache-2.0
/**
 * Recognises the people, organisations and places that an English text names, by a linear-chain
 * conditional random field.
 *
 * <p>{@link dev.newswire.enrich.recognition.CrfRecognizer} reads a document through {@link
 * dev.newswire.enrich.recognition.DocumentFeatures}, which turns each token into hashed features;
 * {@link dev.newswire.enrich.recognition.Model} holds what each feature says for and against each
 * {@link dev.newswire.enrich.recognition.Labels label}; {@link
 * dev.newswire.enrich.recognition.Viterbi} finds the best labels of a sentence.
 *
 * <p>Which known entity a name means is not here.
 */
package dev.newswire.enrich.recognition;
