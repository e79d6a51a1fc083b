/** The CA bundle that every namespace has, by which its clients know this server. */
@NullMarked
package dev.sallyport.controllers.rootca;

import org.jspecify.annotations.NullMarked;
