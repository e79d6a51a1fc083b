/**
 * HTTP/1.1 by the letter: whatever frames a message ambiguously is refused and ends the connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
@NullMarked
package dev.sallyport.server.netty.http1;

import org.jspecify.annotations.NullMarked;
