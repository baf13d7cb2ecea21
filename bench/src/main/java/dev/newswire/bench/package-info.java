/**
 * Benchmarks. Each races something of ours against something else in the same run, in turns, and
 * prints the ratio: on a shared machine nothing else can be trusted.
 */
package dev.newswire.bench;
