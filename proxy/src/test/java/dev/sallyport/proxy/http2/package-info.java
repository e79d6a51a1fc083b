@NullMarked
package dev.sallyport.proxy.http2;

import org.jspecify.annotations.NullMarked;
