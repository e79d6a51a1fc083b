/** The built-in kinds, read from one table, and the seam by which further ones are added. */
@NullMarked
package dev.sallyport.resources.catalogue;

import org.jspecify.annotations.NullMarked;
