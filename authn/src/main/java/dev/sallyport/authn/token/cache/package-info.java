/** What is remembered about a token, by its digest and never by itself. */
@NullMarked
package dev.sallyport.authn.token.cache;

import org.jspecify.annotations.NullMarked;
