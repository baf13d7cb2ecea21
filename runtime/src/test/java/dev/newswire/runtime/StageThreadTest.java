// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.newswire.runtime.Health.State;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StageThreadTest {

  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(4));

  private final List<String> calls = new CopyOnWriteArrayList<>();

  private final class FakeWork implements StageThread.Work {

    private final BooleanSupplier round;

    FakeWork(BooleanSupplier round) {
      this.round = round;
    }

    @Override
    public boolean round() {
      return round.getAsBoolean();
    }

    @Override
    public void idle(Duration longest) {
      Thread.onSpinWait();
    }

    @Override
    public void suffer(Outage outage) {
      calls.add("suffer");
    }

    @Override
    public void recover() {
      calls.add("recover");
    }

    @Override
    public void finish() {
      calls.add("finish");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private StageThread started(BooleanSupplier round) {
    StageThread thread = new StageThread("sink", QUICK, () -> new FakeWork(round));
    thread.start("nothing");
    return thread;
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"),
        new AssertionError("a fault of ours"),
        new NoClassDefFoundError("org/sqlite/core/NativeDB"),
        new IllegalStateException("a fault of ours"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverEndsTheThreadFailsTheStage(Throwable failure) {
    StageThread thread =
        started(
            () -> {
              StageThreadTest.<RuntimeException>sneak(failure);
              return true;
            });

    assertThatThrownBy(thread::await).isInstanceOf(IllegalStateException.class).hasCause(failure);
    assertThat(thread.health().state()).isEqualTo(State.FAILED);
    assertThat(thread.health().detail()).isNotEmpty();
    assertThat(calls).containsExactly("close");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void workThatCannotBeginFailsTheStage(Throwable failure) {
    StageThread thread =
        new StageThread(
            "sink",
            QUICK,
            () -> {
              StageThreadTest.<RuntimeException>sneak(failure);
              return new FakeWork(() -> true);
            });
    thread.start("nothing");

    assertThatThrownBy(thread::await).isInstanceOf(IllegalStateException.class).hasCause(failure);
    assertThat(thread.health().state()).isEqualTo(State.FAILED);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void whatTheUserCanMendIsSaidAsItIs() {
    UserError error = new UserError("the store is no database");
    StageThread thread =
        started(
            () -> {
              throw error;
            });
    assertThatThrownBy(thread::await).isSameAs(error);
  }

  @Test
  void anOutageIsWaitedFor() {
    AtomicInteger rounds = new AtomicInteger();
    StageThread thread =
        started(
            () -> {
              if (rounds.incrementAndGet() <= 3) {
                throw new SerializationException(
                    "no schema", new ConnectException("Connection refused"));
              }
              return true;
            });

    await().until(() -> thread.health().state() == State.RUNNING);
    thread.close();

    assertThat(calls).containsExactly("suffer", "suffer", "suffer", "recover", "finish", "close");
    assertThat(thread.health().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void anOutageTellsItsReason() {
    StageThread thread =
        started(
            () -> {
              throw new Outage("Kafka does not answer", new ConnectException());
            });
    await().until(() -> thread.health().state() == State.OUTAGE);
    assertThat(thread.health().detail()).isEqualTo("Kafka does not answer");
    thread.close();
    assertThat(thread.health().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void aStageThatIsClosedFinishesWhatItBegan() throws InterruptedException {
    StageThread thread = started(() -> true);
    thread.close();
    thread.await();
    assertThat(calls).containsExactly("finish", "close");
  }
}
