package dev.sallyport.resources.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.jsonpath.JsonPath.Step;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a path is made of. */
final class Steps {

  private Steps() {}

  static Step member(String name) {
    return (value, found) -> {
      JsonNode member = value.get(name);
      if (member != null) {
        found.add(member);
      }
    };
  }

  static Step every() {
    return (value, found) -> value.forEach(found::add);
  }

  /** The value itself and all that stands below it. */
  static Step descendants() {
    return new Step() {
      @Override
      public void from(JsonNode value, List<JsonNode> found) {
        found.add(value);
        value.forEach(below -> from(below, found));
      }
    };
  }

  /** A negative index counts from the end. */
  static Step index(int index) {
    return (value, found) -> {
      int at = index < 0 ? value.size() + index : index;
      if (value.isArray() && at >= 0 && at < value.size()) {
        found.add(value.get(at));
      }
    };
  }

  static Step slice(@Nullable Integer from, @Nullable Integer to, int step) {
    return (value, found) -> {
      int size = value.isArray() ? value.size() : 0;
      int end = Math.min(size, bound(to, size, size));
      for (int i = Math.max(0, bound(from, 0, size)); i < end; i += step) {
        found.add(value.get(i));
      }
    };
  }

  private static int bound(@Nullable Integer given, int otherwise, int size) {
    return given == null ? otherwise : given < 0 ? size + given : given;
  }

  static Step where(Predicate<JsonNode> condition) {
    return (value, found) -> {
      for (JsonNode element : value) {
        if (condition.test(element)) {
          found.add(element);
        }
      }
    };
  }
}
