// SPDX-License-Identifier: Apache-2.0
/** Newswire broker. */
package dev.newswire.broker;
