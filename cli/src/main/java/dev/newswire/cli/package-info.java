// SPDX-License-Identifier: Apache-2.0
/** Newswire cli. */
package dev.newswire.cli;
