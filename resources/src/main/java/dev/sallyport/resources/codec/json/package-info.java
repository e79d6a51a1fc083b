/** JSON in and out: limits, Go's words for broken syntax, and the layout that is stored. */
@NullMarked
package dev.sallyport.resources.codec.json;

import org.jspecify.annotations.NullMarked;
