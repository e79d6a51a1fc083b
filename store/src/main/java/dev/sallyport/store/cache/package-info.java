/**
 * Everything that is served, in memory: the objects, the history watches resume from, and who
 * watches. One thread publishes into it; any thread reads.
 */
@NullMarked
package dev.sallyport.store.cache;

import org.jspecify.annotations.NullMarked;
