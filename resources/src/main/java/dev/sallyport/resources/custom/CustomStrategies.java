package dev.sallyport.resources.custom;

import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.KindStrategies;
import dev.sallyport.resources.kinds.KindStrategy;

/** Custom kinds' strategies, by their definitions; all others are the built-in ones. */
public record CustomStrategies(KindStrategies builtIn) implements KindStrategies {

  @Override
  public KindStrategy of(ResourceDefinition resource) {
    return resource.custom() instanceof CustomVersion version
        ? version.strategy()
        : builtIn.of(resource);
  }
}
