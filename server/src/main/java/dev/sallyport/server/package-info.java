/** The hall: where both doors, the store and the corridor meet. */
@NullMarked
package dev.sallyport.server;

import org.jspecify.annotations.NullMarked;
