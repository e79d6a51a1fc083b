package dev.sallyport.server.netty.exchange;

import org.jspecify.annotations.Nullable;

/** What a response's writer wants to hear. On the event loop. */
public final class Callbacks {

  private @Nullable Runnable writable;
  private @Nullable Runnable closed;
  private boolean over;

  public void onWritable(Runnable action) {
    writable = both(writable, action);
  }

  /** Runs at once when the stream is over already. */
  public void onClosed(Runnable action) {
    if (over) {
      action.run();
    } else {
      closed = both(closed, action);
    }
  }

  public void writable() {
    Runnable action = writable;
    if (!over && action != null) {
      action.run();
    }
  }

  /** Once; later calls do nothing. */
  public void closed() {
    if (over) {
      return;
    }
    over = true;
    Runnable action = closed;
    writable = null;
    closed = null;
    if (action != null) {
      action.run();
    }
  }

  private static Runnable both(@Nullable Runnable first, Runnable second) {
    if (first == null) {
      return second;
    }
    return () -> {
      first.run();
      second.run();
    };
  }
}
