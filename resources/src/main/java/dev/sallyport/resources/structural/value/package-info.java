/** Values checked against a schema, in the API's words. */
@NullMarked
package dev.sallyport.resources.structural.value;

import org.jspecify.annotations.NullMarked;
