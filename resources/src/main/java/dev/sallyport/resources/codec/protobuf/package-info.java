/**
 * Kubernetes' protobuf encoding of objects: field numbers from the schema table, the forms of
 * times, quantities and raw JSON, and the envelope around it all.
 */
@NullMarked
package dev.sallyport.resources.codec.protobuf;

import org.jspecify.annotations.NullMarked;
