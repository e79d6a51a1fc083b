/**
 * What is particular to each kind: names, defaults, rules, what an update may change. Here stands
 * the contract; the kinds are in rooms below, a group or a few each, and {@code factory} gathers
 * them. Kinds without a strategy of their own get a plain one. Works on canonical trees; knows no
 * store.
 */
@NullMarked
package dev.sallyport.resources.kinds;

import org.jspecify.annotations.NullMarked;
