/** Decisions by the roles and bindings of another cluster, listed and watched there. */
@NullMarked
package dev.sallyport.authz.upstream;

import org.jspecify.annotations.NullMarked;
