/**
 * The schemas of the built-in kinds: types, merge rules, presence of zero values and protobuf field
 * numbers, read lazily from one compact table ({@code schemas.txt}) that is generated from the
 * published OpenAPI documents. docs/decisions/kind-tables.md says how and why.
 */
@NullMarked
package dev.sallyport.resources.schema;

import org.jspecify.annotations.NullMarked;
