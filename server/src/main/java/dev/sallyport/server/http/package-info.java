/**
 * HTTP as the rest of the server sees it: a request, a response, a handler. Netty serves it in
 * {@code server.netty}; nothing here knows how.
 */
@NullMarked
package dev.sallyport.server.http;

import org.jspecify.annotations.NullMarked;
