package dev.sallyport.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer that somebody owes: kept once, by any thread. Cheaper than a stage where nobody needs
 * one; what is chained to it runs on the thread that keeps it.
 *
 * @param <T> what is answered; never null
 */
public final class Promise<T> implements Answer<T> {

  private @Nullable BiConsumer<? super @Nullable T, ? super @Nullable Throwable> listener;
  private @Nullable T value;
  private @Nullable Throwable failure;

  /** Keeps the promise; false if that has been done, or it has failed, before. */
  public boolean complete(T given) {
    return settle(given, null);
  }

  /** Breaks the promise; false if it has been kept or broken before. */
  public boolean fail(Throwable cause) {
    return settle(null, Answer.unwrap(cause));
  }

  private boolean settle(@Nullable T given, @Nullable Throwable cause) {
    BiConsumer<? super @Nullable T, ? super @Nullable Throwable> waiting;
    synchronized (this) {
      if (value != null || failure != null) {
        return false;
      }
      value = given;
      failure = cause;
      waiting = listener;
      listener = null;
    }
    if (waiting != null) {
      tell(waiting, given, cause);
    }
    return true;
  }

  @Override
  public void whenDone(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> done) {
    synchronized (this) {
      if (value == null && failure == null) {
        BiConsumer<? super @Nullable T, ? super @Nullable Throwable> before = listener;
        listener = before == null ? done : both(before, done);
        return;
      }
    }
    tell(done, value, failure);
  }

  private static <T> BiConsumer<? super @Nullable T, ? super @Nullable Throwable> both(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> first,
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> second) {
    return (given, cause) -> {
      tell(first, given, cause);
      tell(second, given, cause);
    };
  }

  /** A listener that breaks is its own fault: neither who promised nor other listeners pay. */
  private static <T> void tell(
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> listener,
      @Nullable T given,
      @Nullable Throwable cause) {
    try {
      listener.accept(given, cause);
    } catch (RuntimeException | Error broken) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
    }
  }

  @Override
  public <R> Answer<R> then(Function<? super T, ? extends Answer<R>> next) {
    Promise<R> chained = new Promise<>();
    whenDone(
        (given, cause) -> {
          if (given == null) {
            chained.settle(null, cause);
            return;
          }
          try {
            next.apply(given).whenDone(chained::settle);
          } catch (RuntimeException | Error broken) {
            chained.fail(broken);
          }
        });
    return chained;
  }

  @Override
  public <R> Answer<R> map(Function<? super T, ? extends R> change) {
    Promise<R> changed = new Promise<>();
    whenDone(
        (given, cause) -> {
          if (given == null) {
            changed.settle(null, cause);
            return;
          }
          try {
            changed.complete(change.apply(given));
          } catch (RuntimeException | Error broken) {
            changed.fail(broken);
          }
        });
    return changed;
  }

  @Override
  public CompletionStage<T> toStage() {
    CompletableFuture<T> stage = new CompletableFuture<>();
    whenDone(
        (given, cause) -> {
          if (given != null) {
            stage.complete(given);
          } else if (cause != null) {
            stage.completeExceptionally(cause);
          }
        });
    return stage;
  }
}
