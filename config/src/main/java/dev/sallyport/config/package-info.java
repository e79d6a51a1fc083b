/**
 * Flags and files become immutable records that check themselves; all faults are reported together.
 * Contracts stand here; {@code flags} reads words, {@code options} holds the flags.
 */
@NullMarked
package dev.sallyport.config;

import org.jspecify.annotations.NullMarked;
