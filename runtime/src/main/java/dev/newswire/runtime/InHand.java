// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import dev.newswire.schemas.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inputs that a process has in hand, on disk: what stands there at the start of the next
 * process had taken this one down. An input that has done so twice is not tried a third time; its
 * stage sets it aside with {@link #REASON}.
 *
 * <p>A mark is written to the page cache and not synced: it outlives the process, by whatever it
 * was killed, but not the machine. Where the folder can't be written nothing is marked, which is
 * logged. Thread-safe.
 */
public final class InHand implements AutoCloseable {

  /** Why an input is set aside. */
  public static final String REASON =
      "the process has ended twice while it worked on this input; it is not tried again";

  private static final Logger LOG = LoggerFactory.getLogger(InHand.class);
  private static final int MOST_ENDS = 2;
  private static final int SLOTS = 64;

  /** A mark is the hash of the input's name. */
  private static final int SLOT_BYTES = 64;

  private static final int MOST_FILES = 64;
  private static final int MOST_REMEMBERED = 10_000;

  private final Optional<FileChannel> file;
  private final Path endsFile;
  private final Map<String, Integer> ends = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();

  /** What is done with an input. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {

    /** Does it. */
    T done() throws E;
  }

  private InHand(Optional<FileChannel> file, Path endsFile) {
    this.file = file;
    this.endsFile = endsFile;
    for (int slot = 0; slot < SLOTS && file.isPresent(); slot++) {
      free.add(slot);
    }
  }

  /** One that marks nothing. */
  public static InHand unmarked() {
    return new InHand(Optional.empty(), Path.of(""));
  }

  /**
   * Takes up what the process before left.
   *
   * @param folder made where it is missing; several processes may share it
   * @param stage the stage's name
   */
  public static InHand in(Path folder, String stage) {
    try {
      Files.createDirectories(folder);
      for (int number = 1; number <= MOST_FILES; number++) {
        Path path = folder.resolve(stage + "-" + number + ".in-hand");
        Optional<FileChannel> own = locked(path);
        if (own.isPresent()) {
          InHand inHand = new InHand(own, folder.resolve(stage + "-" + number + ".ends"));
          inHand.takeUp(own.get());
          return inHand;
        }
      }
    } catch (IOException e) {
      LOG.warn("what is in hand can't be marked in {}: {}", folder, e.toString());
    }
    return unmarked();
  }

  /** Empty where another process has it; the lock is let go of with the channel. */
  private static Optional<FileChannel> locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is this process's own", path);
    }
    channel.close();
    return Optional.empty();
  }

  private void takeUp(FileChannel channel) throws IOException {
    if (Files.exists(endsFile)) {
      for (String line : Files.readAllLines(endsFile, StandardCharsets.ISO_8859_1)) {
        if (line.matches("[0-9a-f]{64} \\d{1,4}")) {
          ends.put(line.substring(0, SLOT_BYTES), Integer.valueOf(line.substring(SLOT_BYTES + 1)));
        }
      }
    }
    ByteBuffer slots = ByteBuffer.allocate(SLOTS * SLOT_BYTES);
    channel.read(slots, 0);
    String text = new String(slots.array(), StandardCharsets.ISO_8859_1);
    boolean left = false;
    for (int slot = 0; slot < SLOTS; slot++) {
      String mark = text.substring(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES);
      if (mark.matches("[0-9a-f]{64}")) {
        ends.merge(mark, 1, Integer::sum);
        left = true;
      }
    }
    if (left) {
      save();
    }
    channel.write(ByteBuffer.allocate(SLOTS * SLOT_BYTES), 0);
  }

  private synchronized void save() throws IOException {
    List<String> lines = new ArrayList<>();
    ends.forEach((mark, number) -> lines.add(mark + " " + number));
    Path whole = endsFile.resolveSibling(endsFile.getFileName() + ".tmp");
    Files.write(whole, lines.subList(0, Math.min(lines.size(), MOST_REMEMBERED)));
    Files.move(
        whole, endsFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Whether an input has taken the process down so often that it is not to be tried again.
   *
   * @param input names the input and its content, the same in every process
   */
  public boolean isSetAside(String input) {
    return !ends.isEmpty() && ends.getOrDefault(mark(input), 0) >= MOST_ENDS;
  }

  /**
   * Works on an input, which is in hand meanwhile.
   *
   * @param input as for {@link #isSetAside}
   */
  public <T, E extends Exception> T hold(String input, Work<T, E> work) throws E {
    Integer slot = free.poll();
    if (slot == null) {
      return work.done();
    }
    String mark = mark(input);
    try {
      write(slot, mark.getBytes(StandardCharsets.ISO_8859_1));
      return work.done();
    } finally {
      write(slot, new byte[SLOT_BYTES]);
      free.add(slot);
      forget(mark);
    }
  }

  /** What came out alive has not ended anything this time. */
  private void forget(String mark) {
    if (!ends.isEmpty() && ends.remove(mark) != null) {
      try {
        save();
      } catch (IOException e) {
        LOG.warn("{} can't be written: {}", endsFile, e.toString());
      }
    }
  }

  private void write(int slot, byte[] bytes) {
    try {
      file.orElseThrow().write(ByteBuffer.wrap(bytes), (long) slot * SLOT_BYTES);
    } catch (IOException e) {
      LOG.debug("what is in hand can't be marked", e);
    }
  }

  private static String mark(String input) {
    return ContentHash.sha256(input);
  }

  /** Nothing is in hand any more. */
  @Override
  public void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      LOG.debug("{} can't be closed", endsFile, e);
    }
  }
}
