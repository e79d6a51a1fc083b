/** A real HTTPS server for tests that call out. */
@NullMarked
package dev.sallyport.webhook.stub;

import org.jspecify.annotations.NullMarked;
