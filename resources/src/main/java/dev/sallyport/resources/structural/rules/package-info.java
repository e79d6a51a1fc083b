/** Rules in CEL: their types, their values, what they cost and what they find. */
@NullMarked
package dev.sallyport.resources.structural.rules;

import org.jspecify.annotations.NullMarked;
