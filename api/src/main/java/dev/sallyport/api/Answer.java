package dev.sallyport.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is there already ({@link Now}) or comes later ({@link Later}, {@link Promise}).
 *
 * <p>Most verdicts of this server are in memory: an {@code Answer} lets them be given in the same
 * call, without a future, while what must wait travels as a {@link CompletionStage}. A value that
 * is there is chained on the caller's thread; one that comes later on the thread that completes it.
 * Failures are exceptions: thrown by {@code then} while the value is there, carried by the stage
 * otherwise; {@link #whenDone} sees both the same way.
 *
 * @param <T> what is answered; never null
 */
public sealed interface Answer<T> permits Answer.Now, Answer.Later, Promise {

  /** A value that is there. */
  record Now<T>(T value) implements Answer<T> {
    @Override
    public <R> Answer<R> then(Function<? super T, ? extends Answer<R>> next) {
      return next.apply(value);
    }

    @Override
    public <R> Answer<R> map(Function<? super T, ? extends R> change) {
      return new Now<>(change.apply(value));
    }

    @Override
    public void whenDone(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> done) {
      done.accept(value, null);
    }

    @Override
    public CompletionStage<T> toStage() {
      return CompletableFuture.completedFuture(value);
    }
  }

  /** A value that comes later. */
  record Later<T>(CompletionStage<T> stage) implements Answer<T> {
    @Override
    public <R> Answer<R> then(Function<? super T, ? extends Answer<R>> next) {
      return new Later<>(stage.thenCompose(value -> next.apply(value).toStage()));
    }

    @Override
    public <R> Answer<R> map(Function<? super T, ? extends R> change) {
      return new Later<>(stage.thenApply(change));
    }

    @Override
    public void whenDone(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> done) {
      var unused =
          stage.whenComplete(
              (value, failure) -> done.accept(value, failure == null ? null : unwrap(failure)));
    }

    @Override
    public CompletionStage<T> toStage() {
      return stage;
    }
  }

  static <T> Answer<T> now(T value) {
    return new Now<>(value);
  }

  static <T> Answer<T> later(CompletionStage<T> stage) {
    return new Later<>(stage);
  }

  static <T> Answer<T> failed(Throwable failure) {
    return new Later<>(CompletableFuture.failedFuture(failure));
  }

  <R> Answer<R> then(Function<? super T, ? extends Answer<R>> next);

  <R> Answer<R> map(Function<? super T, ? extends R> change);

  /** Calls once with value or failure (never a CompletionException), perhaps before it returns. */
  void whenDone(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> done);

  CompletionStage<T> toStage();

  /** The failure inside a {@link CompletionException}, or the failure itself. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
