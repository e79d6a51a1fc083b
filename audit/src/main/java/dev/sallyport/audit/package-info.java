/** The visitors' book: who asked for what, and what came of it. */
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
