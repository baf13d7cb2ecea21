// SPDX-License-Identifier: Apache-2.0
/**
 * The one command {@code newswire}, its start, and its last line when it fails. The commands are in
 * the packages below, by feature. Options get their names, defaults and validation here, and
 * results get their form; the work itself is done by the other modules.
 */
package dev.newswire.cli;
