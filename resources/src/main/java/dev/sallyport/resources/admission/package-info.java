/**
 * What is added to objects and refused of them beyond the rules of their kinds, because of other
 * objects in the store: accounts, priority classes.
 */
@NullMarked
package dev.sallyport.resources.admission;

import org.jspecify.annotations.NullMarked;
