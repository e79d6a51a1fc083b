/** Identities that a front proxy vouches for in request headers. */
@NullMarked
package dev.sallyport.authn.requestheader;

import org.jspecify.annotations.NullMarked;
