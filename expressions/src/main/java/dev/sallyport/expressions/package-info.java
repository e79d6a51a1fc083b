/**
 * The words around CEL expressions as Kubernetes uses them: types, outcomes, faults. {@code cel}
 * compiles and evaluates, {@code functions} is Kubernetes' own library.
 */
@NullMarked
package dev.sallyport.expressions;

import org.jspecify.annotations.NullMarked;
