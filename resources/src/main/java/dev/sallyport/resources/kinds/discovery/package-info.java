/** Endpoints of services, in slices. */
@NullMarked
package dev.sallyport.resources.kinds.discovery;

import org.jspecify.annotations.NullMarked;
