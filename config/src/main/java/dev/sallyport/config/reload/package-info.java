/** Files that are watched and taken over when they change. */
@NullMarked
package dev.sallyport.config.reload;

import org.jspecify.annotations.NullMarked;
