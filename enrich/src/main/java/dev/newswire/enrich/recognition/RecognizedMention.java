// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.recognition;

import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;

/**
 * A span of text that names somebody or something.
 *
 * @param field the field that it stands in
 * @param start UTF-16 index of its first character in the field
 * @param end UTF-16 index after its last character
 * @param text as it stands there
 * @param kind what it names
 */
public record RecognizedMention(
    TextField field, int start, int end, String text, EntityKind kind) {}
