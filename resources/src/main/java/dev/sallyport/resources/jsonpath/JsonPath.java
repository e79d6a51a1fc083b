package dev.sallyport.resources.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into a JSON value, such as {@code .status.conditions[?(@.type=="Ready")].status}: members,
 * indexes and slices, {@code *}, {@code ..} and filters. Immutable; any thread.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubectl/jsonpath/">JSONPath Support</a>
 */
public final class JsonPath {

  private final List<Step> steps;

  JsonPath(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * Reads a path, which begins with a dot or a bracket.
   *
   * @throws IllegalArgumentException when it is none; the message says why, in one line
   */
  public static JsonPath compile(String text) {
    return new JsonPathParser(text).whole();
  }

  /** Every value the path leads to, in order. */
  public List<JsonNode> all(JsonNode root) {
    List<JsonNode> found = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode value : found) {
        step.from(value, next);
      }
      if (next.isEmpty()) {
        return next;
      }
      found = next;
    }
    return found;
  }

  /** The first value the path leads to, or null. */
  public @Nullable JsonNode first(JsonNode root) {
    List<JsonNode> found = all(root);
    return found.isEmpty() ? null : found.get(0);
  }

  /** One step further. */
  interface Step {
    void from(JsonNode value, List<JsonNode> found);
  }
}
