/** Whom a connection and its requests come from when others stand between. */
@NullMarked
package dev.sallyport.server.netty.origin;

import org.jspecify.annotations.NullMarked;
