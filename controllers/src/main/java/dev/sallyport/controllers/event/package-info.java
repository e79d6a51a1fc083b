/** Events pass: what is older than their time to live is removed. */
@NullMarked
package dev.sallyport.controllers.event;

import org.jspecify.annotations.NullMarked;
