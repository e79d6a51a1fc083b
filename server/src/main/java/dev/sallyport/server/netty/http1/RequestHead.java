package dev.sallyport.server.netty.http1;

import dev.sallyport.server.netty.exchange.HeaderLines;

/**
 * A request line and its header lines, each well-formed by itself.
 *
 * @param http10 HTTP/1.0, else HTTP/1.1
 */
record RequestHead(String method, String target, boolean http10, HeaderLines headers) {}
