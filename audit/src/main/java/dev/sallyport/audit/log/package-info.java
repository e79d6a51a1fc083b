/** Events as lines of a file that rotates, or of standard output. */
@NullMarked
package dev.sallyport.audit.log;

import org.jspecify.annotations.NullMarked;
