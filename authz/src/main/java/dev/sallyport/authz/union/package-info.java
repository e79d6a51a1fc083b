/** Several authorizers and rule resolvers as one. */
@NullMarked
package dev.sallyport.authz.union;

import org.jspecify.annotations.NullMarked;
