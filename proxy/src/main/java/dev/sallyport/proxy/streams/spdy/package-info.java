/**
 * SPDY/3.1 as Kubernetes speaks it (moby/spdystream), over bytes: Netty's frame decoder and encoder
 * without a pipeline, header blocks of our own, which are bounded.
 */
@NullMarked
package dev.sallyport.proxy.streams.spdy;

import org.jspecify.annotations.NullMarked;
