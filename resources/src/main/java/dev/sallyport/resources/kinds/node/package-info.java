/** What nodes run pods with. */
@NullMarked
package dev.sallyport.resources.kinds.node;

import org.jspecify.annotations.NullMarked;
