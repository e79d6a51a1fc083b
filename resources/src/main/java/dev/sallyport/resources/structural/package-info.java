/**
 * Schemas of CustomResourceDefinitions, compiled once per version: pruning, defaults, validation,
 * rules in CEL, fields for server-side apply and what is published as OpenAPI.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/">Extend
 *     the Kubernetes API with CustomResourceDefinitions</a>
 */
@NullMarked
package dev.sallyport.resources.structural;

import org.jspecify.annotations.NullMarked;
