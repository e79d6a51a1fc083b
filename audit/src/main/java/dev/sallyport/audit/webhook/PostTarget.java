package dev.sallyport.audit.webhook;

import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.buffer.BatchTarget;
import dev.sallyport.audit.buffer.Losses;
import dev.sallyport.audit.buffer.Queued;
import dev.sallyport.audit.format.EventWriter;
import dev.sallyport.audit.format.JsonBuffer;
import dev.sallyport.audit.format.JsonFormat;
import dev.sallyport.config.AuditTruncationConfig;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Posts batches, a few at a time. While the other side is slow the queue in front fills, and what
 * finds no room there is dropped and counted.
 */
public final class PostTarget implements BatchTarget {

  private static final String HEAD =
      "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[";
  private static final int MOST_UNDER_WAY = 8;
  private static final long LAST_SECONDS = 4;

  private final EventPost post;
  private final EventWriter writer;
  private final int maxBatchBytes;
  private final Losses losses;
  private final JsonBuffer buffer = new JsonBuffer();
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

  public PostTarget(EventPost post, AuditTruncationConfig truncation, Losses losses) {
    this.post = post;
    this.writer =
        new EventWriter(
            new JsonFormat(),
            truncation.enabled() ? truncation.maxEventSize() : EventWriter.UNLIMITED);
    this.maxBatchBytes = truncation.enabled() ? truncation.maxBatchSize() : EventWriter.UNLIMITED;
    this.losses = losses;
  }

  @Override
  public void keep(List<Queued> batch) throws InterruptedException {
    int from = 0;
    begin();
    for (int i = 0; i < batch.size(); i++) {
      int before = buffer.length();
      boolean first = before == HEAD.length();
      if (!add(batch.get(i), first)) {
        continue;
      }
      if (buffer.length() > maxBatchBytes && !first) {
        buffer.cut(before);
        send(batch.subList(from, i));
        from = i;
        begin();
        add(batch.get(i), true);
      }
    }
    send(batch.subList(from, batch.size()));
  }

  private void begin() {
    buffer.clear();
    buffer.raw(HEAD);
  }

  private boolean add(Queued queued, boolean first) {
    int before = buffer.length();
    buffer.raw(first ? "" : ",");
    if (writer.write(buffer, queued.event())) {
      return true;
    }
    buffer.cut(before);
    losses.lost(1, "an event is too large even without its objects");
    return false;
  }

  private void send(List<Queued> events) throws InterruptedException {
    if (buffer.length() == HEAD.length()) {
      events.forEach(queued -> queued.settle(Receipt.TAKEN));
      return;
    }
    underWay.acquire();
    post.post(buffer.raw("]}").copy())
        .whenDone(
            (taken, failure) -> {
              underWay.release();
              if (failure != null) {
                losses.lost(events.size(), "the webhook failed: " + failure.getMessage());
              }
              Receipt receipt = failure == null ? Receipt.TAKEN : Receipt.LOST;
              events.forEach(queued -> queued.settle(receipt));
            });
  }

  @Override
  public void close() {
    try {
      if (!underWay.tryAcquire(MOST_UNDER_WAY, LAST_SECONDS, TimeUnit.SECONDS)) {
        losses.lost(0, "calls were still under way at the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    losses.finish();
  }
}
