/**
 * Requests for certificates (PKCS#10): read, checked, and answered with a certificate. The one
 * place that knows Bouncy Castle, which is loaded by the first request, never at start; what it
 * reads and writes leaves as plain values.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">RFC 2986</a>
 */
@NullMarked
package dev.sallyport.config.csr;

import org.jspecify.annotations.NullMarked;
