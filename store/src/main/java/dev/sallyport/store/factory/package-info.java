/** Opens the engine a configuration asks for. */
@NullMarked
package dev.sallyport.store.factory;

import org.jspecify.annotations.NullMarked;
