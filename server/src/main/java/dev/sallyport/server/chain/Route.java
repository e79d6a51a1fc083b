package dev.sallyport.server.chain;

import org.jspecify.annotations.Nullable;

/**
 * Where requests of one kind go, and who judges them. One object for all requests until the routes
 * are reloaded.
 *
 * @param name for logs and audit events
 * @param authorization the second door of this route; null: the server's own
 * @param paths which paths are not there, or open to everybody
 * @param endpoint answers behind it
 */
public record Route(
    String name, @Nullable Filter authorization, RoutePaths paths, Endpoint endpoint) {

  /** All its paths are judged. */
  public Route(String name, @Nullable Filter authorization, Endpoint endpoint) {
    this(name, authorization, RoutePaths.JUDGED, endpoint);
  }

  /** What refusals call the upstream of a request that goes this way, or the usual one. */
  public static String upstreamOf(@Nullable Route route) {
    return route == null ? "the upstream" : "the upstream of route " + route.name();
  }
}
