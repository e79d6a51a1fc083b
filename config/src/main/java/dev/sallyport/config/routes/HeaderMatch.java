package dev.sallyport.config.routes;

/**
 * A header that must be there once with this value.
 *
 * @param name in lower case
 */
public record HeaderMatch(String name, String value) {}
