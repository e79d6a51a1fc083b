/** YAML in and out, read and written as Kubernetes' YAML library does: by way of JSON. */
@NullMarked
package dev.sallyport.resources.codec.yaml;

import org.jspecify.annotations.NullMarked;
