/**
 * The serving side of TLS: certificates by server name, protocol versions, cipher suites and ALPN.
 * Client certificates are asked for and taken unjudged; authentication judges them per request.
 */
@NullMarked
package dev.sallyport.server.tls;

import org.jspecify.annotations.NullMarked;
