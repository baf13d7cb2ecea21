// SPDX-License-Identifier: Apache-2.0
/** The commands of the stage that groups articles into copies and stories. */
package dev.newswire.cli.stories;
