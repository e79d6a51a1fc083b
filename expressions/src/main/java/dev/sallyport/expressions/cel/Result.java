package dev.sallyport.expressions.cel;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what an expression yields for the type that was asked for. Types known only at evaluation
 * are checked here.
 *
 * @param expected the type in words
 */
record Result<T>(String expected, Taking<T> taking) {

  /** Null for a value of another type. */
  interface Taking<T> {
    @Nullable T take(Object value);
  }

  static final Result<Boolean> BOOL =
      new Result<>("bool", value -> value instanceof Boolean bool ? bool : null);

  static final Result<String> STRING =
      new Result<>("string", value -> value instanceof String text ? text : null);

  static final Result<List<String>> STRINGS =
      new Result<>("a string or a list of strings", Result::strings);

  private static @Nullable List<String> strings(Object value) {
    if (value instanceof String text) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    if (value instanceof NullValue) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      return null;
    }
    List<String> texts = new ArrayList<>(items.size());
    for (Object item : items) {
      if (!(item instanceof String text)) {
        return null;
      }
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
