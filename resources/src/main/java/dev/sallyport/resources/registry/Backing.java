package dev.sallyport.resources.registry;

import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.SchemaSource;
import dev.sallyport.resources.kinds.KindStrategies;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.store.ResourceStore;
import java.time.Clock;

/** What all operations work with. */
record Backing(
    ResourceStore store,
    ObjectCodec codec,
    SchemaSource schemas,
    ResourceCatalogue catalogue,
    KindStrategies strategies,
    Admission admission,
    Clock clock) {

  KindStrategy strategy(ResourceDefinition resource) {
    return strategies.of(resource);
  }
}
