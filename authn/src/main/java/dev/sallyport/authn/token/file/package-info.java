/** Static tokens from a CSV file. */
@NullMarked
package dev.sallyport.authn.token.file;

import org.jspecify.annotations.NullMarked;
