package dev.sallyport.config.routes;

/**
 * An upstream's part of a route.
 *
 * @param weight its share beside the others', 1 or more
 */
public record UpstreamShare(String name, int weight) {}
