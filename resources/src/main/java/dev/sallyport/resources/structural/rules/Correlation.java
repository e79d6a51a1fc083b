package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.structural.tree.Equality;
import org.jspecify.annotations.Nullable;

/**
 * What a value was before an update, as far as anybody can tell: where it cannot be told, what
 * stands around it decides.
 */
record Correlation(JsonNode value, @Nullable JsonNode old, @Nullable Correlation around) {

  /** A part of the value. */
  Correlation inside(JsonNode part, @Nullable JsonNode oldPart) {
    return new Correlation(part, old == null ? null : oldPart, this);
  }

  /** Whether the update changed nothing here. */
  boolean unchanged() {
    if (old != null) {
      return Equality.same(value, old);
    }
    return around != null && around.unchanged();
  }
}
