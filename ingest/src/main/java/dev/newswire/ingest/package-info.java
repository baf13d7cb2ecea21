// SPDX-License-Identifier: Apache-2.0
/** Newswire ingest. */
package dev.newswire.ingest;
