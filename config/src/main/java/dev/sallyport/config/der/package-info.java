/** Just enough DER to wrap keys, issue certificates and read names without a crypto library. */
@NullMarked
package dev.sallyport.config.der;

import org.jspecify.annotations.NullMarked;
