package dev.sallyport.resources.kinds;

import dev.sallyport.resources.ResourceDefinition;

/** Where a resource's strategy is found. Any thread; never blocks. */
@FunctionalInterface
public interface KindStrategies {

  /** The strategy of a resource's stored kind; a plain one for kinds without rules. */
  KindStrategy of(ResourceDefinition resource);
}
