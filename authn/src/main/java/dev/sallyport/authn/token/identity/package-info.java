/** Tokens that tell others who calls. */
@NullMarked
package dev.sallyport.authn.token.identity;

import org.jspecify.annotations.NullMarked;
