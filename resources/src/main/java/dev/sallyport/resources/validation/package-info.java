/**
 * What the kinds' rules are written with: names and labels, a collector of faults in the API's own
 * wording, and the rules of metadata that every kind shares.
 */
@NullMarked
package dev.sallyport.resources.validation;

import org.jspecify.annotations.NullMarked;
