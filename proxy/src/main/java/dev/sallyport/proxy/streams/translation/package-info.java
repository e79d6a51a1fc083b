/** Puts client and upstream together that speak of one stream in different protocols. */
@NullMarked
package dev.sallyport.proxy.streams.translation;

import org.jspecify.annotations.NullMarked;
