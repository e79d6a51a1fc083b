/** Priority classes that every cluster has. */
@NullMarked
package dev.sallyport.controllers.priority;

import org.jspecify.annotations.NullMarked;
