/** The listener: sockets, event loops and the choice between HTTP/1.1 and HTTP/2. */
@NullMarked
package dev.sallyport.server.netty;

import org.jspecify.annotations.NullMarked;
