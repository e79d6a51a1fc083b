@NullMarked
package dev.sallyport.proxy.http1;

import org.jspecify.annotations.NullMarked;
