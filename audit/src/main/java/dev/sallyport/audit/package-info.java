/**
 * The visitors' book: which requests are written down, and how much of them. Contracts only; what a
 * policy says is judged in {@code policy}, events become text in {@code format} and are kept by
 * {@code log} and {@code webhook} behind the bounded queue of {@code buffer}.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/">Kubernetes:
 *     Auditing</a>
 */
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
