/** Client certificates: judged per request against today's bundle, as Go's verifier judges. */
@NullMarked
package dev.sallyport.authn.x509;

import org.jspecify.annotations.NullMarked;
