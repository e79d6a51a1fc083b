package dev.sallyport.proxy;

import java.util.List;

/**
 * A response's head, without the headers that concern its connection.
 *
 * @param lines names in lower case and values, side by side; mutable, the receiver's from now on
 * @param length the body's bytes, or -1 when unknown
 */
public record UpstreamHead(int status, List<String> lines, long length) {}
