// SPDX-License-Identifier: Apache-2.0
package dev.newswire.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damages every sample in many ways, always the same, and finds that each is read or rejected: no
 * exception, no hang. {@code -Dnewswire.fuzz.rounds} sets how many times; what a longer run found
 * is a test in {@link HostileInputTest}.
 */
@Tag("slow")
class FuzzTest {

  private static final int ROUNDS = Integer.getInteger("newswire.fuzz.rounds", 2);
  private static final int LARGEST = 64 * 1024;
  private static final Duration HANG = Duration.ofSeconds(20);
  private static final List<String> SPLICES =
      List.of(
          "<",
          ">",
          "&",
          "]]>",
          "<![CDATA[",
          "<!--",
          "<?xml version='1.0' encoding='UTF-16'?>",
          "<!DOCTYPE a [<!ENTITY b '&b;'>]>",
          "\\u0000",
          "\\ud800",
          "{",
          "[",
          "\"",
          "null",
          "-1",
          "1e999",
          "\u0000",
          "\u0001",
          "\u0002",
          "\u0003",
          "\u0004",
          "\u001f",
          "\r\n",
          "99999999999999999999",
          "2026-99-99T99:99:99+99:99",
          "29 Feb 2026 24:61:61 +9999",
          "http://[::1",
          "xmlns:x=''");

  @Test
  void whateverIsDoneToASampleItIsReadOrRejected() throws IOException {
    assumeTrue(Files.isDirectory(FixturesTest.FIXTURES), "the samples are not here");
    List<Path> samples;
    try (Stream<Path> files = Files.walk(FixturesTest.FIXTURES, 2)) {
      samples = files.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path sample : samples) {
      byte[] whole = Files.readAllBytes(sample);
      if (whole.length > LARGEST) {
        whole = Arrays.copyOf(whole, LARGEST);
      }
      Random random = new Random(sample.getFileName().hashCode());
      for (int round = 0; round < ROUNDS; round++) {
        byte[] damaged = damaged(whole, random);
        assertTimeoutPreemptively(
            HANG,
            () -> readOrReject(sample, damaged),
            () -> "a damaged " + sample + " is read without end");
      }
    }
  }

  private static void readOrReject(Path sample, byte[] damaged) throws IOException {
    Delivery delivery =
        Delivery.of("wire", "wire-news", "https://wire.example/news", Parsed.RECEIVED);
    try {
      Parsed parsed = Parsed.of(delivery, damaged);
      assertThat(parsed.reasons()).allMatch(reason -> !reason.isBlank());
    } catch (RuntimeException | StackOverflowError e) {
      Path kept = Files.createTempFile("newswire-fuzz", ".bin");
      Files.write(kept, damaged);
      throw new AssertionError("a damaged " + sample + ", kept in " + kept, e);
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole;
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      bytes = damagedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damagedOnce(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
    switch (random.nextInt(6)) {
      case 0 -> {
        return Arrays.copyOf(bytes, from);
      }
      case 1 -> {
        byte[] flipped = bytes.clone();
        flipped[from] ^= (byte) (1 << random.nextInt(8));
        return flipped;
      }
      case 2 -> {
        byte[] noise = bytes.clone();
        for (int i = from; i < to; i++) {
          noise[i] = (byte) random.nextInt(256);
        }
        return noise;
      }
      case 3 -> {
        return join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
      }
      case 4 -> {
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        List<byte[]> parts = new ArrayList<>();
        parts.add(Arrays.copyOf(bytes, from));
        for (int i = 0; i < 50; i++) {
          parts.add(part);
        }
        parts.add(Arrays.copyOfRange(bytes, to, bytes.length));
        return join(parts.toArray(new byte[0][]));
      }
      default -> {
        byte[] splice =
            SPLICES.get(random.nextInt(SPLICES.size())).getBytes(StandardCharsets.UTF_8);
        return join(
            Arrays.copyOf(bytes, from), splice, Arrays.copyOfRange(bytes, from, bytes.length));
      }
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
