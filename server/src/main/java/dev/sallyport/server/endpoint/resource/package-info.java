/** One endpoint for each verb of a resource, and the table that finds the right one. */
@NullMarked
package dev.sallyport.server.endpoint.resource;

import org.jspecify.annotations.NullMarked;
