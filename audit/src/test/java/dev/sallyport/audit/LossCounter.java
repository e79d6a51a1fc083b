package dev.sallyport.audit;

import java.util.concurrent.atomic.AtomicLong;

/** An observer that counts the events that were lost. Any thread. */
public final class LossCounter implements AuditObserver {
  private final AtomicLong lost = new AtomicLong();

  public long get() {
    return lost.get();
  }

  @Override
  public void event(Level level) {}

  @Override
  public void lost(String sink, int events) {
    lost.addAndGet(events);
  }

  @Override
  public void rejected() {}
}
