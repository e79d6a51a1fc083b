/**
 * What is particular to each kind: names, defaults, rules, what an update may change. Kinds without
 * a strategy of their own get a plain one. Works on canonical trees; knows no store.
 */
@NullMarked
package dev.sallyport.resources.kinds;

import org.jspecify.annotations.NullMarked;
