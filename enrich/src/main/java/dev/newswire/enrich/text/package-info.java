// SPDX-License-Identifier: Apache-2.0
/**
 * Text as the annotators read it: tokens and sentences with their offsets. One tokenisation is
 * shared by all of them.
 *
 * <p>What the tokens mean is not here.
 */
package dev.newswire.enrich.text;
