/**
 * Kinds that CustomResourceDefinitions define: the definitions' own rules and conditions, and the
 * table of what they define, from which the catalogue, the codec and the schemas serve them.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/">Extend
 *     the Kubernetes API with CustomResourceDefinitions</a>
 */
@NullMarked
package dev.sallyport.resources.custom;

import org.jspecify.annotations.NullMarked;
