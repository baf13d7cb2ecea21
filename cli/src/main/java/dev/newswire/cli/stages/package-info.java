// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that run the stages, alone or in one process, and those that give a stage a file.
 */
package dev.newswire.cli.stages;
