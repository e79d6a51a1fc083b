/** Credentials that are good by themselves and yet not wanted any more. */
@NullMarked
package dev.sallyport.authn.revocation;

import org.jspecify.annotations.NullMarked;
