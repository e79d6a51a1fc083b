/** Watches: what changes in a collection, told as it happens. */
@NullMarked
package dev.sallyport.server.endpoint.watch;

import org.jspecify.annotations.NullMarked;
