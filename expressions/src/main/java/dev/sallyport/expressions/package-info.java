/**
 * CEL expressions as Kubernetes uses them: compiled once, checked when a configuration is read,
 * bounded in cost.
 */
@NullMarked
package dev.sallyport.expressions;

import org.jspecify.annotations.NullMarked;
