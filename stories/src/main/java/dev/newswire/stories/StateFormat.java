// SPDX-License-Identifier: Apache-2.0
package dev.newswire.stories;

import dev.newswire.schemas.EnrichmentStamp;
import dev.newswire.schemas.Revision;
import dev.newswire.schemas.Status;
import dev.newswire.stories.Member.Compared;
import dev.newswire.stories.Member.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a {@link Member} is written to the state store and its changelog. */
final class StateFormat {

  private static final int VERSION = 1;

  /** Key of the record that holds the engine's time; no article's id is empty. */
  static final String TIME = "";

  private StateFormat() {}

  /** How an engine's time is written under {@link #TIME}. */
  static byte[] time(long time) {
    return ByteBuffer.allocate(Long.BYTES).putLong(time).array();
  }

  static byte[] write(Member member) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(member.id());
      out.writeUTF(member.provider());
      out.writeUTF(member.language());
      out.writeLong(member.time());
      buffer(out, member.revision().toByteBuffer());
      out.writeUTF(member.status().name());
      buffer(out, member.stamp().toByteBuffer());
      out.writeLong(member.embargo());
      out.writeUTF(member.headline());
      out.writeUTF(member.text());
      tags(out, member.entities());
      tags(out, member.topics());
      out.writeUTF(member.story());
      out.writeUTF(member.group());
      out.writeDouble(member.score());
      out.writeBoolean(member.compared().isPresent());
      if (member.compared().isPresent()) {
        compared(out, member.compared().get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void compared(DataOutputStream out, Compared compared) throws IOException {
    vector(out, compared.profile().text());
    vector(out, compared.profile().headline());
    vector(out, compared.profile().names());
    ints(out, compared.fingerprint().first());
    ints(out, compared.fingerprint().sampled());
    ints(out, compared.fingerprint().figures());
    ints(out, compared.fingerprint().names());
  }

  static Member read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "state of version " + version + ", which this release can't read");
      }
      return new Member(
          in.readUTF(),
          in.readUTF(),
          in.readUTF(),
          in.readLong(),
          Revision.fromByteBuffer(buffer(in)),
          Status.valueOf(in.readUTF()),
          EnrichmentStamp.fromByteBuffer(buffer(in)),
          in.readLong(),
          in.readUTF(),
          in.readUTF(),
          tags(in),
          tags(in),
          in.readUTF(),
          in.readUTF(),
          in.readDouble(),
          in.readBoolean() ? Optional.of(compared(in)) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Compared compared(DataInputStream in) throws IOException {
    return new Compared(
        new Profile(vector(in), vector(in), vector(in)),
        new Fingerprint(ints(in), ints(in), ints(in), ints(in)));
  }

  private static void buffer(DataOutputStream out, ByteBuffer buffer) throws IOException {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static ByteBuffer buffer(DataInputStream in) throws IOException {
    return ByteBuffer.wrap(in.readNBytes(in.readInt()));
  }

  private static void tags(DataOutputStream out, List<Tag> tags) throws IOException {
    out.writeShort(tags.size());
    for (Tag tag : tags) {
      out.writeUTF(tag.key());
      out.writeUTF(tag.name());
    }
  }

  private static List<Tag> tags(DataInputStream in) throws IOException {
    int size = in.readUnsignedShort();
    List<Tag> tags = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      tags.add(new Tag(in.readUTF(), in.readUTF()));
    }
    return tags;
  }

  private static void ints(DataOutputStream out, int[] values) throws IOException {
    out.writeShort(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static int[] ints(DataInputStream in) throws IOException {
    int[] values = new int[in.readUnsignedShort()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static void vector(DataOutputStream out, Vector vector) throws IOException {
    ints(out, vector.keys());
    for (short weight : vector.weights()) {
      out.writeShort(weight);
    }
  }

  private static Vector vector(DataInputStream in) throws IOException {
    int[] keys = ints(in);
    short[] weights = new short[keys.length];
    for (int i = 0; i < keys.length; i++) {
      weights[i] = in.readShort();
    }
    return new Vector(keys, weights);
  }
}
