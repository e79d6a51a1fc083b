/** Requests without any credential. */
@NullMarked
package dev.sallyport.authn.anonymous;

import org.jspecify.annotations.NullMarked;
