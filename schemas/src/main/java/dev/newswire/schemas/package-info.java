// SPDX-License-Identifier: Apache-2.0
/** Newswire schemas. */
package dev.newswire.schemas;
