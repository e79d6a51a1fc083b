/** The stations of the chain, in the order in which the assembly lists them. */
@NullMarked
package dev.sallyport.server.filter;

import org.jspecify.annotations.NullMarked;
