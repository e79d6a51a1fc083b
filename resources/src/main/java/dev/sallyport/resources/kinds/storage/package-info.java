/** Classes of storage, the drivers behind them and what is attached where. */
@NullMarked
package dev.sallyport.resources.kinds.storage;

import org.jspecify.annotations.NullMarked;
