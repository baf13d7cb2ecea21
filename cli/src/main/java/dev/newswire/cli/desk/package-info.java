// SPDX-License-Identifier: Apache-2.0
/** The desk, opened from the command line. */
package dev.newswire.cli.desk;
