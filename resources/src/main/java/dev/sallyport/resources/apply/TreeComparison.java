package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where two states of an object differ.
 *
 * @param changed added or with another value
 */
record TreeComparison(FieldSet changed, FieldSet removed) {

  static TreeComparison of(JsonNode before, JsonNode after, Typed type) {
    FieldSet changed = new FieldSet();
    FieldSet removed = new FieldSet();
    compare(before, after, type, changed, removed);
    return new TreeComparison(changed.compact(), removed.compact());
  }

  private static void compare(
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      Typed type,
      FieldSet changed,
      FieldSet removed) {
    Map<String, Typed.Inside> was = type.inside(before);
    Map<String, Typed.Inside> is = type.inside(after);
    if (type.leaf() || (was.isEmpty() && is.isEmpty())) {
      compareLeaf(before, after, changed, removed);
      return;
    }
    Set<String> steps = new LinkedHashSet<>(was.keySet());
    steps.addAll(is.keySet());
    for (String step : steps) {
      Typed.Inside old = was.get(step);
      Typed.Inside now = is.get(step);
      Typed below = now != null ? now.type() : old != null ? old.type() : type;
      compare(
          old == null ? null : old.value(),
          now == null ? null : now.value(),
          below,
          changed.enter(step),
          removed.enter(step));
    }
    if (before == null) {
      changed.include();
    } else if (after == null) {
      removed.include();
    }
  }

  private static void compareLeaf(
      @Nullable JsonNode before, @Nullable JsonNode after, FieldSet changed, FieldSet removed) {
    if (after == null) {
      removed.include();
    } else if (!after.equals(before)) {
      changed.include();
    }
  }
}
