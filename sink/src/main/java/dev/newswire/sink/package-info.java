// SPDX-License-Identifier: Apache-2.0
/** Newswire sink. */
package dev.newswire.sink;
