/** Expressions in CEL by dev.cel: compiled once, bounded in cost before and while they run. */
@NullMarked
package dev.sallyport.expressions.cel;

import org.jspecify.annotations.NullMarked;
