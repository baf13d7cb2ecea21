// SPDX-License-Identifier: Apache-2.0
/**
 * What every stage needs to run: the cluster that it works with, reading and creating topics, its
 * health, and telling of that over HTTP.
 *
 * <p>What two stages share is here or in the contract ({@code dev.newswire.schemas}), or is not
 * shared.
 */
package dev.newswire.runtime;
