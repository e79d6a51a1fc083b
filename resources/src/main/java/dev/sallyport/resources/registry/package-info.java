/**
 * What the verbs mean: get, list, create, update, patch and delete of any kind, over the store, for
 * endpoints and controllers alike. Nothing blocks; refusals are StatusExceptions.
 */
@NullMarked
package dev.sallyport.resources.registry;

import org.jspecify.annotations.NullMarked;
