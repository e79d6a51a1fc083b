/**
 * Who owns which field, and server-side apply: field sets, comparison, merge and pruning of trees
 * by their schema.
 */
@NullMarked
package dev.sallyport.resources.apply;

import org.jspecify.annotations.NullMarked;
