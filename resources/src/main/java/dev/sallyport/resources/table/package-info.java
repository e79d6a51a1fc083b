/**
 * Objects as people read them: meta.k8s.io/v1 Tables, whose columns and cells each kind has for
 * itself, and objects reduced to their metadata.
 */
@NullMarked
package dev.sallyport.resources.table;

import org.jspecify.annotations.NullMarked;
