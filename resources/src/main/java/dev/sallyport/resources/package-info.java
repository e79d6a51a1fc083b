/**
 * Kinds: what they are called, how they are read, defaulted, checked, patched, listed and shown.
 * One {@code ResourceDefinition} each, from which routes, discovery, RBAC names, tables and OpenAPI
 * follow.
 */
@NullMarked
package dev.sallyport.resources;

import org.jspecify.annotations.NullMarked;
