package dev.sallyport.server.assembly;

import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RoutePaths;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a route.
 *
 * @param authorization null: the server's own
 */
record RouteDoor(@Nullable Filter authorization, RoutePaths paths) {}
