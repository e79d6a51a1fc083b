/** Makes the way out; known to the assembly only. */
@NullMarked
package dev.sallyport.webhook.factory;

import org.jspecify.annotations.NullMarked;
