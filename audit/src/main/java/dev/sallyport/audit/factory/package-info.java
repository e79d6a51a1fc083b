/** Makes the visitors' book of the configuration. */
@NullMarked
package dev.sallyport.audit.factory;

import org.jspecify.annotations.NullMarked;
