/**
 * Lists and watches of what somebody may see, for those who may not see all. The decision record is
 * docs/decisions/list-filtering.md.
 */
@NullMarked
package dev.sallyport.server.sight;

import org.jspecify.annotations.NullMarked;
