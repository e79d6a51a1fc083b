/** Priorities of pods. */
@NullMarked
package dev.sallyport.resources.kinds.scheduling;

import org.jspecify.annotations.NullMarked;
