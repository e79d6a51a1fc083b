/** How extension servers learn whom this server trusts. */
@NullMarked
package dev.sallyport.controllers.authentication;

import org.jspecify.annotations.NullMarked;
