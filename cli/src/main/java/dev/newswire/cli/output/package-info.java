// SPDX-License-Identifier: Apache-2.0
/**
 * The form of results, for people and for programs: tables, numbers, times, progress, JSON lines
 * and exit codes. Nothing here knows a command.
 */
package dev.newswire.cli.output;
