/**
 * Where requests meet the visitors' book: at their arrival, behind the first door, at their end.
 */
@NullMarked
package dev.sallyport.server.filter.audit;

import org.jspecify.annotations.NullMarked;
