/** Black-box tests: the built server as a process, and the tools its users type. */
@NullMarked
package dev.sallyport.it;

import org.jspecify.annotations.NullMarked;
