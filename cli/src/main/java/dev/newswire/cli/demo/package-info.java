// SPDX-License-Identifier: Apache-2.0
/** The command that shows the whole pipeline with the samples that ship with it. */
package dev.newswire.cli.demo;
