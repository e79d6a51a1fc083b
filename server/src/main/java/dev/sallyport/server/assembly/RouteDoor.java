package dev.sallyport.server.assembly;

import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RoutePaths;
import dev.sallyport.server.sight.Sightings;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a route.
 *
 * @param authorization null: the server's own
 * @param sightings what lists show of what may not be seen whole; null: nothing
 */
record RouteDoor(@Nullable Filter authorization, RoutePaths paths, @Nullable Sightings sightings) {}
