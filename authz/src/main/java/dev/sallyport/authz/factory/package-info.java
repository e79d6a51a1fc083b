/** Puts the authorizers together as the configuration says. */
@NullMarked
package dev.sallyport.authz.factory;

import org.jspecify.annotations.NullMarked;
