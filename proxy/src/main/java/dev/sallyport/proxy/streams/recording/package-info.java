/**
 * Writes down what happens in exec, attach and port-forward. What must be recorded and cannot be
 * does not happen.
 */
@NullMarked
package dev.sallyport.proxy.streams.recording;

import org.jspecify.annotations.NullMarked;
