// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the bundled model from labelled corpora, and measures it: {@link
 * dev.newswire.training.TrainRecognizer} is the program. Nothing of it runs in a pipeline.
 */
package dev.newswire.training;
