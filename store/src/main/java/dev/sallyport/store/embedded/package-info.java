/**
 * The engine that keeps everything in one SQLite file: a log of states by revision, of which the
 * watch cache is the memory. See docs/decisions/storage.md.
 */
@NullMarked
package dev.sallyport.store.embedded;

import org.jspecify.annotations.NullMarked;
