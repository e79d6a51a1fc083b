/**
 * HTTP/2 by one connection handler that writes frames itself; no channel per stream.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113</a>
 */
@NullMarked
package dev.sallyport.server.netty.http2;

import org.jspecify.annotations.NullMarked;
