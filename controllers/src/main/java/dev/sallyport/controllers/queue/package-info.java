/**
 * Work that is due for an object, by its key: once for however many reasons, again when it failed.
 */
@NullMarked
package dev.sallyport.controllers.queue;

import org.jspecify.annotations.NullMarked;
