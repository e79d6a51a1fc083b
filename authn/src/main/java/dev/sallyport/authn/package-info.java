/**
 * The first door: who is asking. The root package holds the contracts; each way in stands in a
 * package of its own, and {@code factory} puts them in order.
 */
@NullMarked
package dev.sallyport.authn;

import org.jspecify.annotations.NullMarked;
