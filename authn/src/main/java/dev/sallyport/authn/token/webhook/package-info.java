/** Tokens that a webhook is asked about. */
@NullMarked
package dev.sallyport.authn.token.webhook;

import org.jspecify.annotations.NullMarked;
