package dev.sallyport.config.reload;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value made of files, always the last good one. {@link #current()} is a volatile read, for any
 * thread.
 *
 * @param <T> the value; immutable
 */
public final class Watched<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

  private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
  private volatile T current;

  Watched(T first) {
    this.current = first;
  }

  /** A value that never changes, for what is configured without a file. */
  public static <T> Watched<T> fixed(T value) {
    return new Watched<>(value);
  }

  public T current() {
    return current;
  }

  /** Calls {@code listener} with every value after this one, on the watcher's thread. */
  public void onChange(Consumer<? super T> listener) {
    listeners.add(listener);
  }

  void replace(T value) {
    current = value;
    for (Consumer<? super T> listener : listeners) {
      try {
        listener.accept(value);
      } catch (RuntimeException e) {
        // One listener's fault must keep neither the others nor later changes from arriving.
        LOG.error("A listener failed on a reloaded file", e);
      }
    }
  }
}
