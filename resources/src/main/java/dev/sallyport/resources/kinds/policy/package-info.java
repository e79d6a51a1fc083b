/** Disruption budgets. */
@NullMarked
package dev.sallyport.resources.kinds.policy;

import org.jspecify.annotations.NullMarked;
