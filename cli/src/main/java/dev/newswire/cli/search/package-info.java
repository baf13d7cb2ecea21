// SPDX-License-Identifier: Apache-2.0
/** The command that reads the store. */
package dev.newswire.cli.search;
