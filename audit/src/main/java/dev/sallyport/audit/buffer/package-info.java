/**
 * What stands between requests and where events are kept: bounded queues, batches, counted losses.
 */
@NullMarked
package dev.sallyport.audit.buffer;

import org.jspecify.annotations.NullMarked;
