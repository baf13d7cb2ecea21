// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import dev.newswire.schemas.DecodingLimits;
import dev.newswire.schemas.EnrichedArticle;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/** Records as they are kept in a row: Avro's single-object encoding, which names its schema. */
final class RecordBytes {

  static {
    DecodingLimits.apply();
  }

  private static final BinaryMessageEncoder<EnrichedArticle> ENCODER = EnrichedArticle.getEncoder();
  private static final BinaryMessageDecoder<EnrichedArticle> DECODER = EnrichedArticle.getDecoder();

  private RecordBytes() {}

  static byte[] of(EnrichedArticle record) {
    try {
      ByteBuffer buffer = ENCODER.encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new BadRecord("the record can't be encoded: " + e.getMessage(), e);
    }
  }

  static EnrichedArticle read(byte[] bytes) {
    try {
      return DECODER.decode(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("a row holds a record that can't be read", e);
    }
  }
}
