/** Java's client libraries against a server in this process. */
@NullMarked
package dev.sallyport.clients;

import org.jspecify.annotations.NullMarked;
