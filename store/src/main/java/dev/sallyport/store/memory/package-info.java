/** The engine that keeps nothing: for tests and for servers that start empty each time. */
@NullMarked
package dev.sallyport.store.memory;

import org.jspecify.annotations.NullMarked;
