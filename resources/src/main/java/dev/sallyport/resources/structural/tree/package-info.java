/** A compiled schema: a lean tree of shared nodes, and what is done to objects by it. */
@NullMarked
package dev.sallyport.resources.structural.tree;

import org.jspecify.annotations.NullMarked;
