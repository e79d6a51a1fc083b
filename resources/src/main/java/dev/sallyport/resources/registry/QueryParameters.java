package dev.sallyport.resources.registry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's decoded query parameters. */
@FunctionalInterface
public interface QueryParameters {

  QueryParameters NONE = name -> List.of();

  /** All values of that name in order; empty when there is none. */
  List<String> all(String name);

  /** The first value, or null. */
  default @Nullable String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** The first value, or "". */
  default String text(String name) {
    String value = first(name);
    return value == null ? "" : value;
  }

  /**
   * Whether a switch is on: it is given, and not as {@code false} or {@code 0}.
   *
   * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</a>
   */
  default boolean on(String name) {
    String value = first(name);
    return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
  }

  static QueryParameters of(Map<String, List<String>> parameters) {
    return name -> parameters.getOrDefault(name, List.of());
  }
}
