/** Leases. */
@NullMarked
package dev.sallyport.resources.kinds.coordination;

import org.jspecify.annotations.NullMarked;
