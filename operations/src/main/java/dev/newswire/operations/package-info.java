// SPDX-License-Identifier: Apache-2.0
/**
 * What people do with a running pipeline: see how it keeps up, replay history, put dead letters
 * back, publish rules. The command line and the browser both show what is found out here; nothing
 * here knows of either.
 */
package dev.newswire.operations;
