// SPDX-License-Identifier: Apache-2.0
package dev.newswire.sink;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Rows for PostgreSQL's COPY in its binary format, which needs no escapes and no parsing of
 * numbers. See the section "Binary Format" of PostgreSQL's page on COPY.
 */
final class BinaryCopy {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final byte JSONB_VERSION = 1;

  private final Table table;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  BinaryCopy(Table table) {
    this.table = table;
    try {
      out.write(SIGNATURE);
      out.writeInt(0);
      out.writeInt(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String statement() {
    return "COPY " + table.name() + " (" + table.columnList() + ") FROM STDIN (FORMAT binary)";
  }

  /**
   * Adds a row.
   *
   * @throws BadRecord where a moment is beyond what PostgreSQL can count
   */
  void add(List<Object> row) {
    try {
      out.writeShort(row.size());
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i) == null) {
          out.writeInt(-1);
        } else {
          write(table.columns().get(i), row.get(i));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything, with the end's mark. */
  byte[] finish() {
    try {
      out.writeShort(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(Table.Column column, Object value) throws IOException {
    switch (column.type()) {
      case TEXT -> write(((String) value).getBytes(StandardCharsets.UTF_8));
      case BYTES -> write((byte[]) value);
      case JSON -> {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length + 1);
        out.writeByte(JSONB_VERSION);
        out.write(text);
      }
      case NUMBER -> {
        out.writeInt(Long.BYTES);
        out.writeLong((Long) value);
      }
      case REAL -> {
        out.writeInt(Double.BYTES);
        out.writeDouble((Double) value);
      }
      case FLAG -> {
        out.writeInt(1);
        out.writeBoolean((Boolean) value);
      }
      case MOMENT -> {
        out.writeInt(Long.BYTES);
        out.writeLong(microseconds(column, (Instant) value));
      }
    }
  }

  private void write(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  private static long microseconds(Table.Column column, Instant moment) {
    try {
      long seconds = Math.subtractExact(moment.getEpochSecond(), EPOCH.getEpochSecond());
      return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), moment.getNano() / 1_000);
    } catch (ArithmeticException e) {
      throw new BadRecord(
          column.name() + " is " + moment + ", which PostgreSQL has no number for", e);
    }
  }
}
