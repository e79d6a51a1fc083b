/**
 * The functions that Kubernetes adds to CEL.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries">Common
 *     Expression Language in Kubernetes: libraries</a>
 */
@NullMarked
package dev.sallyport.expressions.functions;

import org.jspecify.annotations.NullMarked;
