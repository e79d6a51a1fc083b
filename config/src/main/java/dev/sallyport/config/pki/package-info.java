/** A small certificate authority: makes the files of a first run. */
@NullMarked
package dev.sallyport.config.pki;

import org.jspecify.annotations.NullMarked;
