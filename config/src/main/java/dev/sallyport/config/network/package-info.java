/** Networks of addresses, as flags and files name them. */
@NullMarked
package dev.sallyport.config.network;

import org.jspecify.annotations.NullMarked;
