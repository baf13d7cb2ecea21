// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP server behind every port that Newswire opens: a thin layer over Jetty, which no other
 * package sees. A client that sends slowly holds a connection, never a thread. It knows nothing of
 * what is served.
 */
package dev.newswire.runtime.http;
