/** Which groups and versions are served, and by whom. */
@NullMarked
package dev.sallyport.resources.kinds.apiregistration;

import org.jspecify.annotations.NullMarked;
