package dev.sallyport.resources.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** A kind without rules of its own: what its schema says, and a few traits. */
record PlainStrategy(Set<Trait> traits) implements KindStrategy {

  PlainStrategy {
    traits = Set.copyOf(traits);
  }

  static KindStrategy of(Trait... traits) {
    return new PlainStrategy(Set.of(traits));
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    if (!traits.contains(Trait.STATUS_AT_CREATION)) {
      object.remove("status");
    }
  }
}
