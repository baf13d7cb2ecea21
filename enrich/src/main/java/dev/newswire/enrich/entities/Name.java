// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import dev.newswire.schemas.EntityKind;
import dev.newswire.schemas.TextField;

/**
 * A span of text that names somebody or something. Offsets are UTF-16 indices of the field's text.
 *
 * @param field the field that it stands in
 * @param start of its first character
 * @param end after its last character
 * @param text as it stands there
 * @param kind what it seems to name
 */
public record Name(TextField field, int start, int end, String text, EntityKind kind) {}
