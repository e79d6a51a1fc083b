package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The places that an applied configuration names. */
final class OwnedFields {

  private OwnedFields() {}

  static FieldSet of(JsonNode value, Typed type) {
    FieldSet set = new FieldSet();
    collect(value, type, set);
    return set.compact();
  }

  private static void collect(JsonNode value, Typed type, FieldSet set) {
    if (type.leaf() || !value.isContainerNode()) {
      set.include();
      return;
    }
    Map<String, Typed.Inside> inside = type.inside(value);
    if (inside.isEmpty() && value.isObject()) {
      set.include();
    }
    inside.forEach(
        (step, one) -> {
          FieldSet below = set.enter(step);
          collect(one.value(), one.type(), below);
          // Elements and map entries are owned themselves, not only what is in them.
          if (!type.struct()) {
            below.include();
          }
        });
  }
}
