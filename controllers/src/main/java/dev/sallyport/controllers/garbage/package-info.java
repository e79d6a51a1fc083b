/** Objects go with their owners: background, foreground and orphan deletion. */
@NullMarked
package dev.sallyport.controllers.garbage;

import org.jspecify.annotations.NullMarked;
