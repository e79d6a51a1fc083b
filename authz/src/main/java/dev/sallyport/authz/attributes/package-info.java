/** What is asked about a request to a plain service, where no path says it. */
@NullMarked
package dev.sallyport.authz.attributes;

import org.jspecify.annotations.NullMarked;
