// SPDX-License-Identifier: Apache-2.0
/**
 * The one command {@code newswire}: every stage on its own, all of them in one process, and what
 * people do with a running pipeline. Here options get their names, defaults and validation, and
 * here results get their form for people and for programs; the work itself is the stages'.
 */
package dev.newswire.cli;
