package dev.sallyport.resources.openapi;

/**
 * One group version's document.
 *
 * @param json the body; shared, never changed
 * @param hash of the body, as the index's URLs carry it; with quotes around it, the ETag
 */
public record OpenApiDocument(byte[] json, String hash) {}
