/**
 * The HTTP/1.1 client: one pool of kept connections per event loop, so that no request changes
 * threads.
 */
@NullMarked
package dev.sallyport.proxy.http1;

import org.jspecify.annotations.NullMarked;
