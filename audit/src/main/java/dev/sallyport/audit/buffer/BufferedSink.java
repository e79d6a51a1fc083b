package dev.sallyport.audit.buffer;

import dev.sallyport.api.Answer;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink with a queue and a thread of its own, which gathers batches for its target. In the
 * blocking modes each event is passed on at once and its request told.
 */
public final class BufferedSink implements AuditSink {

  private static final Logger log = LoggerFactory.getLogger(BufferedSink.class);

  /** An eighth of the heap may wait; objects make some events large. */
  private static final long MOST_BYTES = Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final long CLOSE_MILLIS = 5_000;

  private final AuditMode mode;
  private final int batchSize;
  private final Duration maxWait;
  private final Duration rest;
  private final @Nullable Throttle throttle;
  private final EventQueue queue;
  private final BatchTarget target;
  private final Losses dropped;
  private final Thread thread;

  /**
   * @param name the thread's
   * @param rest in mode batch, how long to let events gather after a batch, so that a busy server
   *     does not wake the thread for each
   * @param dropped counts what finds no room
   */
  public BufferedSink(
      String name,
      AuditMode mode,
      AuditBatchConfig batch,
      Duration rest,
      BatchTarget target,
      Losses dropped) {
    boolean batched = mode == AuditMode.BATCH;
    this.mode = mode;
    this.batchSize = batch.maxSize();
    this.maxWait = batched ? batch.maxWait() : Duration.ZERO;
    this.rest = batched ? rest : Duration.ZERO;
    this.throttle =
        batched && batch.throttled()
            ? new Throttle(batch.qps(), batch.burst(), System::nanoTime)
            : null;
    this.queue = new EventQueue(Math.max(1, batch.bufferSize()), MOST_BYTES);
    this.target = target;
    this.dropped = dropped;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Answer<Receipt> accept(AuditEvent event) {
    if (mode == AuditMode.BATCH) {
      if (!queue.offer(new Queued(event, null))) {
        dropped.lost(1, "the buffer is full");
      }
      return AT_ONCE;
    }
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    if (!queue.offer(new Queued(event, receipt))) {
      dropped.lost(1, "the buffer is full");
      receipt.complete(Receipt.LOST);
    }
    return Answer.later(
        mode == AuditMode.BLOCKING_STRICT ? receipt : receipt.thenApply(lost -> Receipt.TAKEN));
  }

  private void run() {
    try {
      List<Queued> batch = queue.take(batchSize, maxWait);
      while (!batch.isEmpty()) {
        hold();
        keep(batch);
        queue.rest(rest);
        batch = queue.take(batchSize, maxWait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      giveUp(queue.abandon());
      target.close();
      dropped.finish();
    }
  }

  private void hold() throws InterruptedException {
    Throttle limit = throttle;
    long nanos = limit == null ? 0 : limit.take();
    if (nanos > 0) {
      queue.rest(Duration.ofNanos(nanos));
    }
  }

  private void keep(List<Queued> batch) throws InterruptedException {
    try {
      target.keep(batch);
    } catch (RuntimeException broken) {
      // One broken event must not end the book.
      log.error("Audit: a batch could not be written", broken);
      dropped.lost(batch.size(), "a defect, see above");
      batch.forEach(queued -> queued.settle(Receipt.LOST));
    }
  }

  private void giveUp(List<Queued> waiting) {
    if (!waiting.isEmpty()) {
      dropped.lost(waiting.size(), "they were still waiting at the end");
      waiting.forEach(queued -> queued.settle(Receipt.LOST));
    }
  }

  @Override
  public void close() {
    queue.close();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
