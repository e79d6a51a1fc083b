/** Several ways in as one, and the group that everybody gets who came in. */
@NullMarked
package dev.sallyport.authn.union;

import org.jspecify.annotations.NullMarked;
