/**
 * JSON patch, JSON merge patch and strategic merge patch on Jackson trees. Patches never change the
 * tree they are applied to.
 */
@NullMarked
package dev.sallyport.resources.patch;

import org.jspecify.annotations.NullMarked;
