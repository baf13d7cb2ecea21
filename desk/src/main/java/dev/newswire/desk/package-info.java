// SPDX-License-Identifier: Apache-2.0
/**
 * What people and programs look at: the API under {@code /api/v1} and the pages that are made of
 * it, over the store and over {@code operations}. Nothing of the command line is here.
 */
package dev.newswire.desk;
