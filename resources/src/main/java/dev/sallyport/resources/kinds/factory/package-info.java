/** All kinds' strategies in one table; known to the assembly only. */
@NullMarked
package dev.sallyport.resources.kinds.factory;

import org.jspecify.annotations.NullMarked;
