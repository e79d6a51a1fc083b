/**
 * Puts the server together: fills the interfaces of every room from the others, starts them in
 * order and stops them in reverse.
 */
@NullMarked
package dev.sallyport.server.assembly;

import org.jspecify.annotations.NullMarked;
