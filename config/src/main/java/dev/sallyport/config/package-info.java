/**
 * Flags and files become immutable records that check themselves; all faults are reported together.
 * The only room, with Main, that knows picocli.
 */
@NullMarked
package dev.sallyport.config;

import org.jspecify.annotations.NullMarked;
