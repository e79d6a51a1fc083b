/** Files as configuration names them: read whole, written whole, faults in one line. */
@NullMarked
package dev.sallyport.config.file;

import org.jspecify.annotations.NullMarked;
