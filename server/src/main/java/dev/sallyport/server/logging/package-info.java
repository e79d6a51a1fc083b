/** How the server's log lines look and which of them are written. */
@NullMarked
package dev.sallyport.server.logging;

import org.jspecify.annotations.NullMarked;
