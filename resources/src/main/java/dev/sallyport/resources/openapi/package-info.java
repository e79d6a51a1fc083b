/**
 * OpenAPI v3, as kubectl reads it for apply, explain and validation: the published facts with
 * descriptions of this project's own.
 */
@NullMarked
package dev.sallyport.resources.openapi;

import org.jspecify.annotations.NullMarked;
