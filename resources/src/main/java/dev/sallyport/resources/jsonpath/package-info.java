/** The JSONPath that kubectl and printer columns speak. */
@NullMarked
package dev.sallyport.resources.jsonpath;

import org.jspecify.annotations.NullMarked;
