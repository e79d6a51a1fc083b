/** Autoscalers. */
@NullMarked
package dev.sallyport.resources.kinds.autoscaling;

import org.jspecify.annotations.NullMarked;
