/** Decisions that a webhook is asked for. */
@NullMarked
package dev.sallyport.authz.webhook;

import org.jspecify.annotations.NullMarked;
