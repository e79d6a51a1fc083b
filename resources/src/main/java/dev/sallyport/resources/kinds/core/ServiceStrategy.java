package dev.sallyport.resources.kinds.core;

import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.NameRule;
import java.util.Set;

/** Services. */
final class ServiceStrategy implements KindStrategy {

  @Override
  public NameRule nameRule() {
    return NameRule.LABEL;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE, Trait.ANSWERS_DELETED);
  }
}
