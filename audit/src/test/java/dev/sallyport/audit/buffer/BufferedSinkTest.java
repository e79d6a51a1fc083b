package dev.sallyport.audit.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.Events;
import dev.sallyport.audit.LossCounter;
import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BufferedSinkTest {

  /** Keeps what it is told to let through, a permit a batch. */
  private static final class Gate implements BatchTarget {
    final Semaphore open = new Semaphore(0);
    final CountDownLatch reached = new CountDownLatch(1);
    final List<String> kept = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    Receipt receipt = Receipt.TAKEN;

    @Override
    public void keep(List<Queued> batch) throws InterruptedException {
      reached.countDown();
      open.acquire();
      sizes.add(batch.size());
      for (Queued queued : batch) {
        kept.add(queued.event().request().auditId());
        queued.settle(receipt);
      }
    }

    @Override
    public void close() {}
  }

  private final LossCounter counter = new LossCounter();
  private final Gate gate = new Gate();

  private BufferedSink sink(AuditMode mode, int buffer, int batch) {
    return new BufferedSink(
        "test",
        mode,
        new AuditBatchConfig(buffer, batch, Duration.ZERO, false, 0, 0),
        Duration.ZERO,
        gate,
        new Losses("buffer", counter));
  }

  @Test
  void case193AStuckSinkCostsCountedEventsAndHoldsNobodyUp() throws InterruptedException {
    try (BufferedSink sink = sink(AuditMode.BATCH, 10, 100)) {
      assertSame(AuditSink.AT_ONCE, sink.accept(Events.listed("first")));
      gate.reached.await(); // it hangs with the first one
      for (int i = 0; i < 25; i++) {
        assertSame(AuditSink.AT_ONCE, sink.accept(Events.listed("e" + i)));
      }
      assertEquals(15, counter.get());
      gate.open.release(100);
    }
    assertEquals(11, gate.kept.size());
    assertEquals("e9", gate.kept.get(10));
  }

  @Test
  void closingKeepsWhatWaits() {
    gate.open.release(1000);
    try (BufferedSink sink = sink(AuditMode.BATCH, 1000, 7)) {
      for (int i = 0; i < 500; i++) {
        assertSame(AuditSink.AT_ONCE, sink.accept(Events.listed("e" + i)));
      }
    }
    assertEquals(500, gate.kept.size());
    assertTrue(gate.sizes.stream().allMatch(size -> size <= 7));
    assertEquals(0, counter.get());
  }

  @Test
  void aClosedSinkCountsWhatComesTooLate() {
    BufferedSink sink = sink(AuditMode.BATCH, 10, 1);
    sink.close();
    assertSame(AuditSink.AT_ONCE, sink.accept(Events.listed("late")));
    assertEquals(1, counter.get());
  }

  @Test
  void blockingWaitsForItsEventAndGoesOnWithoutIt() throws Exception {
    gate.receipt = Receipt.LOST;
    try (BufferedSink sink = sink(AuditMode.BLOCKING, 10, 1)) {
      CompletableFuture<Receipt> receipt =
          sink.accept(Events.listed("one")).toStage().toCompletableFuture();
      gate.reached.await();
      assertFalse(receipt.isDone());
      gate.open.release();
      assertEquals(Receipt.TAKEN, receipt.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void blockingStrictTellsThatAnEventIsLost() throws Exception {
    gate.receipt = Receipt.LOST;
    gate.open.release(10);
    try (BufferedSink sink = sink(AuditMode.BLOCKING_STRICT, 10, 1)) {
      Answer<Receipt> answer = sink.accept(Events.listed("one"));
      assertEquals(Receipt.LOST, answer.toStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void blockingStrictWithAFullBufferIsLostAtOnce() throws Exception {
    try (BufferedSink sink = sink(AuditMode.BLOCKING_STRICT, 1, 1)) {
      CompletableFuture<Receipt> first = receipt(sink, "1");
      gate.reached.await();
      CompletableFuture<Receipt> second = receipt(sink, "2");
      CompletableFuture<Receipt> third = receipt(sink, "3");
      assertEquals(Receipt.LOST, third.get(30, TimeUnit.SECONDS));
      assertFalse(first.isDone() || second.isDone());
      gate.open.release(10);
      assertEquals(Receipt.TAKEN, second.get(30, TimeUnit.SECONDS));
    }
  }

  private static CompletableFuture<Receipt> receipt(AuditSink sink, String id) {
    return sink.accept(Events.listed(id)).toStage().toCompletableFuture();
  }

  @Test
  void theBufferIsBoundedInBytesToo() {
    EventQueue queue = new EventQueue(100, 20_000);
    String object = "{\"x\":\"" + "y".repeat(8000) + "\"}";
    assertTrue(queue.offer(new Queued(Events.created("1", object), null)));
    assertTrue(queue.offer(new Queued(Events.created("2", object), null)));
    assertFalse(queue.offer(new Queued(Events.created("3", object), null)));
    EventQueue small = new EventQueue(100, 10);
    assertTrue(small.offer(new Queued(Events.created("alone", object), null)));
  }

  @Test
  void aBatchWaitsUntilItIsFullOrItsTimeIsOver() throws InterruptedException {
    EventQueue queue = new EventQueue(100, 1 << 20);
    for (int i = 0; i < 3; i++) {
      assertTrue(queue.offer(new Queued(Events.listed("e" + i), null)));
    }
    assertEquals(2, queue.take(2, Duration.ofHours(1)).size());
    assertEquals(1, queue.take(2, Duration.ofMillis(1)).size());
    queue.close();
    assertTrue(queue.take(2, Duration.ofHours(1)).isEmpty());
  }

  @Test
  void unionWaitsForAllAndLosesWithAny() throws Exception {
    AuditSink now = new Fixed(AuditSink.AT_ONCE);
    AuditSink kept = new Fixed(Answer.later(CompletableFuture.completedFuture(Receipt.TAKEN)));
    AuditSink lost = new Fixed(Answer.later(CompletableFuture.completedFuture(Receipt.LOST)));
    assertSame(AuditSink.AT_ONCE, union(now, now));
    assertEquals(Receipt.TAKEN, value(union(now, kept)));
    assertEquals(Receipt.LOST, value(union(lost, kept)));
    assertEquals(Receipt.LOST, value(union(kept, now, lost)));
  }

  private Answer<Receipt> union(AuditSink... sinks) {
    try (UnionSink union = new UnionSink(List.of(sinks), counter)) {
      return union.accept(Events.listed("x"));
    }
  }

  private static Receipt value(Answer<Receipt> answer) throws Exception {
    return answer.toStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private record Fixed(Answer<Receipt> answer) implements AuditSink {
    @Override
    public Answer<Receipt> accept(dev.sallyport.audit.AuditEvent event) {
      return answer;
    }

    @Override
    public void close() {}
  }

  @Test
  void throttleLetsABurstThroughAndThenSoManyASecond() {
    long[] time = {0};
    Throttle throttle = new Throttle(10, 2, () -> time[0]);
    assertEquals(0, throttle.take());
    assertEquals(0, throttle.take());
    assertEquals(100_000_000, throttle.take());
    time[0] = 1_000_000_000;
    assertEquals(0, throttle.take());
  }
}
