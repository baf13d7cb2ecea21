// SPDX-License-Identifier: Apache-2.0
/**
 * The commands for a running pipeline: what it does, its dead letters, and replay. The work itself
 * is done by the module operations.
 */
package dev.newswire.cli.operations;
