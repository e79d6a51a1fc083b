package dev.sallyport.api;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request's header lines, read only. Names compare without regard to ASCII case. Valid only while
 * the request is being handled; not thread safe.
 */
public interface Headers {

  /** The first line's value of that name, or null. */
  @Nullable String first(String name);

  /** All values of that name in order; empty when there is none. */
  List<String> all(String name);

  /** Visits every line in order, names as they were sent. */
  void forEach(BiConsumer<? super String, ? super String> visitor);
}
