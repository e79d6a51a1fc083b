/** The rules of the house: which room may know which. */
@NullMarked
package dev.sallyport.house;

import org.jspecify.annotations.NullMarked;
