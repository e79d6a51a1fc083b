/** Certificates and keys as PEM files hold them. */
@NullMarked
package dev.sallyport.config.pem;

import org.jspecify.annotations.NullMarked;
