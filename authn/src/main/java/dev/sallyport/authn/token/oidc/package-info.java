/** Tokens of issuers outside: whose they are, by which keys, and which user they make. */
@NullMarked
package dev.sallyport.authn.token.oidc;

import org.jspecify.annotations.NullMarked;
