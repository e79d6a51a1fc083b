/** Opaque tokens, of which the authority that issued them is asked. */
@NullMarked
package dev.sallyport.authn.token.introspection;

import org.jspecify.annotations.NullMarked;
