// SPDX-License-Identifier: Apache-2.0
/** The command that changes and shows the feeds. */
package dev.newswire.cli.feeds;
