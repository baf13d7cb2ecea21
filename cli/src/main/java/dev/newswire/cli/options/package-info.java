// SPDX-License-Identifier: Apache-2.0
/**
 * Options that several commands share: their names, defaults and validation, and where their values
 * come from beside the command line. Each becomes the settings of a stage here and nowhere else.
 */
package dev.newswire.cli.options;
