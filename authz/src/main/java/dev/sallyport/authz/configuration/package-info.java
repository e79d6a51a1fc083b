/** AuthorizationConfiguration files: the authorizers in their order. */
@NullMarked
package dev.sallyport.authz.configuration;

import org.jspecify.annotations.NullMarked;
