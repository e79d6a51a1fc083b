/** The first door's own configuration file, and what flags say in its place. */
@NullMarked
package dev.sallyport.authn.configuration;

import org.jspecify.annotations.NullMarked;
