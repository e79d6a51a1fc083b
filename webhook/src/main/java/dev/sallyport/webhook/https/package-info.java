/** The HTTPS client: HTTP/1.1 over Netty, one thread, every bound enforced. */
@NullMarked
package dev.sallyport.webhook.https;

import org.jspecify.annotations.NullMarked;
