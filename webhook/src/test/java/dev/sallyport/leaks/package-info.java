/** Makes a leaked buffer fail the test class that leaked it. */
@NullMarked
package dev.sallyport.leaks;

import org.jspecify.annotations.NullMarked;
