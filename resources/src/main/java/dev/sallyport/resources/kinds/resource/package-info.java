/** Devices: what there is, what is asked for and what was given. */
@NullMarked
package dev.sallyport.resources.kinds.resource;

import org.jspecify.annotations.NullMarked;
