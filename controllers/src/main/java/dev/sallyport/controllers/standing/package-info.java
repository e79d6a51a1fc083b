/** Objects that a cluster has from its first start on. */
@NullMarked
package dev.sallyport.controllers.standing;

import org.jspecify.annotations.NullMarked;
