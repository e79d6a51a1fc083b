/**
 * Bytes to objects and back: {@link dev.sallyport.resources.codec.BuiltInCodec} reads bodies and
 * writes what is stored, {@link dev.sallyport.resources.codec.Encoders} turns stored JSON into what
 * clients ask for.
 */
@NullMarked
package dev.sallyport.resources.codec;

import org.jspecify.annotations.NullMarked;
