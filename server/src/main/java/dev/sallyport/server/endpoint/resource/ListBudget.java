package dev.sallyport.server.endpoint.resource;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much memory lists that cannot be written in passing may take together. Any thread. */
public final class ListBudget {

  private final long total;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param total bytes
   */
  public ListBudget(long total) {
    this.total = total;
  }

  /** A quarter of what the JVM may have. */
  public static ListBudget ofHeap() {
    return new ListBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Whether so much could ever be had. */
  boolean covers(long bytes) {
    return bytes <= total;
  }

  /** Takes so much of it until it is given back; null when there is not so much left. */
  @Nullable Share take(long bytes) {
    if (taken.addAndGet(bytes) > total) {
      taken.addAndGet(-bytes);
      return null;
    }
    return new Share(bytes);
  }

  /** A part of the budget. */
  final class Share implements AutoCloseable {
    private final long bytes;
    private final AtomicBoolean given = new AtomicBoolean();

    private Share(long bytes) {
      this.bytes = bytes;
    }

    /** Gives it back, once. */
    @Override
    public void close() {
      if (given.compareAndSet(false, true)) {
        taken.addAndGet(-bytes);
      }
    }
  }
}
