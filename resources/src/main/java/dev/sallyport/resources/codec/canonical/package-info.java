/**
 * Brings a JSON token stream into canonical form by a schema: known fields only, values normalised,
 * zero values left out or written as the published Go types do, faults in Go's words.
 */
@NullMarked
package dev.sallyport.resources.codec.canonical;

import org.jspecify.annotations.NullMarked;
