/** JSON web tokens of any issuer: strict parsing, and signatures by keys that we trust. */
@NullMarked
package dev.sallyport.authn.token.jwt;

import org.jspecify.annotations.NullMarked;
