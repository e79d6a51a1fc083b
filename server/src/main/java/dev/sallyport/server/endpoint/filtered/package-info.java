/**
 * Lists and watches of another cluster, with just what their user may see of them. The decision
 * record is docs/decisions/list-filtering.md.
 */
@NullMarked
package dev.sallyport.server.endpoint.filtered;

import org.jspecify.annotations.NullMarked;
