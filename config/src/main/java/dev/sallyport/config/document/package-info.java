/** Configuration files of Kubernetes' form: YAML or JSON documents, read strictly. */
@NullMarked
package dev.sallyport.config.document;

import org.jspecify.annotations.NullMarked;
