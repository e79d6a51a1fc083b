/** Backends that stand behind the server in tests. */
@NullMarked
package dev.sallyport.it.peers;

import org.jspecify.annotations.NullMarked;
