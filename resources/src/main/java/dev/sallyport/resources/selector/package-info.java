/** Label and field selectors: parsed once, then asked of objects that are already indexed. */
@NullMarked
package dev.sallyport.resources.selector;

import org.jspecify.annotations.NullMarked;
