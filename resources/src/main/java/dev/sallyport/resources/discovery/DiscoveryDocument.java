package dev.sallyport.resources.discovery;

/**
 * One answer of discovery.
 *
 * @param json the body; shared, never changed
 * @param etag with its quotes, for If-None-Match
 */
public record DiscoveryDocument(byte[] json, String etag) {}
