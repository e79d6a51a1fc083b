/**
 * Revisions, watch cache and engines. Knows bytes and keys, no kinds. The root package holds the
 * contracts; {@code cache} serves reads and watches from memory, {@code memory} and {@code
 * embedded} are the engines.
 */
@NullMarked
package dev.sallyport.store;

import org.jspecify.annotations.NullMarked;
