/** The ways in, put in order. */
@NullMarked
package dev.sallyport.authn.factory;

import org.jspecify.annotations.NullMarked;
