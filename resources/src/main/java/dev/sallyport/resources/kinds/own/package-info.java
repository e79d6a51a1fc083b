/** Kinds that only this server has, in the group sallyport.dev. */
@NullMarked
package dev.sallyport.resources.kinds.own;

import org.jspecify.annotations.NullMarked;
