/** Passes requests on to an upstream. */
@NullMarked
package dev.sallyport.server.endpoint.proxy;

import org.jspecify.annotations.NullMarked;
