package dev.sallyport.audit.buffer;

import dev.sallyport.audit.AuditObserver;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every event that is lost, and says so in the log: at once, then at most every ten seconds
 * with the number of those since. Any thread.
 */
public final class Losses {

  private static final Logger log = LoggerFactory.getLogger(Losses.class);
  private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

  private final String sink;
  private final AuditObserver observer;
  private final LongSupplier nanoTime;
  private long untold;
  private long toldAt;
  private boolean told;

  /**
   * @param sink whose events are lost: log, webhook or buffer
   */
  public Losses(String sink, AuditObserver observer) {
    this(sink, observer, System::nanoTime);
  }

  Losses(String sink, AuditObserver observer, LongSupplier nanoTime) {
    this.sink = sink;
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  /**
   * @param why in one line, without anything of the events
   */
  public void lost(int events, String why) {
    observer.lost(sink, events);
    long number = due(events);
    if (number > 0) {
      log.error("Audit: {} events lost by the {}: {}", number, sink, why);
    }
  }

  /** Tells what has not been told yet. */
  public synchronized void finish() {
    if (untold > 0) {
      log.error("Audit: {} events lost by the {} before the end", untold, sink);
      untold = 0;
    }
  }

  private synchronized long due(int events) {
    untold += events;
    long now = nanoTime.getAsLong();
    if (told && now - toldAt < BETWEEN_LINES) {
      return 0;
    }
    told = true;
    toldAt = now;
    long number = untold;
    untold = 0;
    return number;
  }
}
