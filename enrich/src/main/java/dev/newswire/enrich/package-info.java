// SPDX-License-Identifier: Apache-2.0
/** Newswire enrich. */
package dev.newswire.enrich;
