/** Policies of audit.k8s.io/v1: read from a file, strictly, and judged by their first match. */
@NullMarked
package dev.sallyport.audit.policy;

import org.jspecify.annotations.NullMarked;
