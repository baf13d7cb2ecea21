// SPDX-License-Identifier: Apache-2.0
/**
 * Dates and times as feeds and agencies write them, read into moments. Names of months, weekdays
 * and halves of the day come from the CLDR by way of ICU4J; time zones from the IANA's list, and
 * from a table of the abbreviations in use.
 */
package dev.newswire.ingest.moments;
