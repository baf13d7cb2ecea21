// SPDX-License-Identifier: Apache-2.0
/** The commands for the topics and entities of editors. */
package dev.newswire.cli.rules;
