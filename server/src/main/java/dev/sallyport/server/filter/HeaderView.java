package dev.sallyport.server.filter;

import org.jspecify.annotations.Nullable;

/** What may be seen of a request's headers. */
@FunctionalInterface
public interface HeaderView {

  /**
   * A header line's value as it may be seen; null hides the line.
   *
   * @param name in any case
   */
  @Nullable String shown(String name, String value);
}
