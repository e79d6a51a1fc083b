/** Makes an upstream of its configuration. */
@NullMarked
package dev.sallyport.proxy.factory;

import org.jspecify.annotations.NullMarked;
