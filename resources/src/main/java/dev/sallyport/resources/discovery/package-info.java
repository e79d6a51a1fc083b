/** What clients read to learn which resources there are. */
@NullMarked
package dev.sallyport.resources.discovery;

import org.jspecify.annotations.NullMarked;
