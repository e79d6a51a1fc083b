/** Bootstrap tokens: what they look like and how a Secret keeps one. */
@NullMarked
package dev.sallyport.api.bootstrap;

import org.jspecify.annotations.NullMarked;
