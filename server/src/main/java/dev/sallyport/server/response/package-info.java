/**
 * How answers are made: which representation a client accepts, how a Status reads, and the one
 * place where a failure becomes an answer.
 */
@NullMarked
package dev.sallyport.server.response;

import org.jspecify.annotations.NullMarked;
