// SPDX-License-Identifier: Apache-2.0
package dev.newswire.enrich.entities;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ObjLongConsumer;
import org.apache.lucene.store.InputStreamDataInput;
import org.apache.lucene.store.OutputStreamDataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IntsRefBuilder;
import org.apache.lucene.util.fst.FST;
import org.apache.lucene.util.fst.FSTCompiler;
import org.apache.lucene.util.fst.PositiveIntOutputs;
import org.apache.lucene.util.fst.Util;

/**
 * Numbers of entities by name, in a finite-state transducer: a few bytes a name, where a map of
 * strings takes a hundred. Immutable and thread-safe.
 */
final class NameIndex {

  private static final int[] NOTHING = {};

  /** Empty where there are no names: an automaton has at least one. */
  private final Optional<FST<Long>> names;

  /** The numbers of the entities of names that several bear, each list after its length. */
  private final int[] shared;

  private NameIndex(Optional<FST<Long>> names, int[] shared) {
    this.names = names;
    this.shared = shared;
  }

  /** The numbers of the entities of a name, in the order they were given; empty for none. */
  int[] find(String name) {
    try {
      Long found = names.isEmpty() ? null : Util.get(names.get(), new BytesRef(name));
      return found == null ? NOTHING : numbers(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Finds the names that begin at a place of a text.
   *
   * @param text in UTF-8, folded as the names are
   * @param found takes the numbers of each name, and the place after it; the shortest comes first
   */
  void forEachAt(byte[] text, int start, ObjLongConsumer<int[]> found) {
    forEachAt(new byte[0], text, start, found);
  }

  /** The same of names that follow a key, which is not of the text. */
  void forEachAt(byte[] key, byte[] text, int start, ObjLongConsumer<int[]> found) {
    names.ifPresent(held -> forEachAt(held, key, text, start, found));
  }

  private void forEachAt(
      FST<Long> held, byte[] key, byte[] text, int start, ObjLongConsumer<int[]> found) {
    FST.BytesReader reader = held.getBytesReader();
    FST.Arc<Long> arc = held.getFirstArc(new FST.Arc<>());
    long output = 0;
    try {
      for (byte one : key) {
        if (held.findTargetArc(one & 0xFF, arc, arc, reader) == null) {
          return;
        }
        output += arc.output();
      }
      for (int at = start; at < text.length; at++) {
        if (held.findTargetArc(text[at] & 0xFF, arc, arc, reader) == null) {
          return;
        }
        output += arc.output();
        if (arc.isFinal()) {
          found.accept(numbers(output + arc.nextFinalOutput()), at + 1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int[] numbers(long found) {
    int value = (int) (found >> 1);
    if ((found & 1) == 0) {
      return new int[] {value};
    }
    int[] numbers = new int[shared[value]];
    System.arraycopy(shared, value + 1, numbers, 0, numbers.length);
    return numbers;
  }

  /**
   * Writes an index.
   *
   * @param names numbers by name, in the order of {@link BytesRef}
   */
  static void write(SortedMap<BytesRef, int[]> names, DataOutputStream out) throws IOException {
    PositiveIntOutputs outputs = PositiveIntOutputs.getSingleton();
    FSTCompiler<Long> compiler = new FSTCompiler.Builder<>(FST.INPUT_TYPE.BYTE1, outputs).build();
    ByteArrayOutputStream lists = new ByteArrayOutputStream();
    DataOutputStream listsOut = new DataOutputStream(lists);
    IntsRefBuilder scratch = new IntsRefBuilder();
    for (Map.Entry<BytesRef, int[]> name : names.entrySet()) {
      int[] numbers = name.getValue();
      long value = (long) numbers[0] << 1;
      if (numbers.length > 1) {
        value = (long) (lists.size() / Integer.BYTES) << 1 | 1;
        listsOut.writeInt(numbers.length);
        for (int number : numbers) {
          listsOut.writeInt(number);
        }
      }
      compiler.add(Util.toIntsRef(name.getKey(), scratch), value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!names.isEmpty()) {
      OutputStreamDataOutput bytesOut = new OutputStreamDataOutput(bytes);
      FST.fromFSTReader(compiler.compile(), compiler.getFSTReader()).save(bytesOut, bytesOut);
      bytesOut.close();
    }
    out.writeInt(bytes.size());
    bytes.writeTo(out);
    out.writeInt(lists.size() / Integer.BYTES);
    lists.writeTo(out);
  }

  static NameIndex read(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    Optional<FST<Long>> names =
        bytes.length == 0 ? Optional.empty() : Optional.of(automaton(bytes));
    int[] shared = new int[in.readInt()];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = in.readInt();
    }
    return new NameIndex(names, shared);
  }

  private static FST<Long> automaton(byte[] bytes) throws IOException {
    InputStreamDataInput in = new InputStreamDataInput(new ByteArrayInputStream(bytes));
    return new FST<>(FST.readMetadata(in, PositiveIntOutputs.getSingleton()), in);
  }

  /** The bytes of a name or text, as names are held. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
