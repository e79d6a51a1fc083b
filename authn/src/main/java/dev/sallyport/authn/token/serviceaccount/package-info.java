/** Tokens of service accounts: recognised and issued. */
@NullMarked
package dev.sallyport.authn.token.serviceaccount;

import org.jspecify.annotations.NullMarked;
