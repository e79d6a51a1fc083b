package dev.sallyport.config.reload;

import java.util.function.Function;

/**
 * A value that its owner renews, for those who follow a {@link Watched}. Any thread; one at a time
 * renews.
 *
 * @param <T> the value; immutable
 */
public final class RenewedValue<T> {

  private final Watched<T> watched;

  public RenewedValue(T first) {
    this.watched = Watched.fixed(first);
  }

  /** The value of today and those after it. */
  public Watched<T> watched() {
    return watched;
  }

  /** Tells who follows, unless it is the same. */
  public void renew(T value) {
    if (!value.equals(watched.current())) {
      watched.replace(value);
    }
  }

  /** Another value that always follows from a watched one. */
  public static <S, T> Watched<T> derived(Watched<S> source, Function<S, T> change) {
    RenewedValue<T> derived = new RenewedValue<>(change.apply(source.current()));
    source.onChange(next -> derived.renew(change.apply(next)));
    return derived.watched();
  }
}
