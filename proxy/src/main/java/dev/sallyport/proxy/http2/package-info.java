/**
 * The HTTP/2 client: few connections per event loop, many exchanges on each, no channel per stream
 * and no request that changes threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113</a>
 */
@NullMarked
package dev.sallyport.proxy.http2;

import org.jspecify.annotations.NullMarked;
