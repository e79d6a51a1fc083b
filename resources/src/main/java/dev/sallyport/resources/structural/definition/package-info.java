/** What schemas of definitions must keep to, before they are compiled. */
@NullMarked
package dev.sallyport.resources.structural.definition;

import org.jspecify.annotations.NullMarked;
