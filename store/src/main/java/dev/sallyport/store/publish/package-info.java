/**
 * The way of a write, the same for all engines that count revisions themselves: one thread decides,
 * journals, publishes and answers.
 */
@NullMarked
package dev.sallyport.store.publish;

import org.jspecify.annotations.NullMarked;
