/** Answers that last, told as the messages of a WebSocket. */
@NullMarked
package dev.sallyport.server.endpoint.websocket;

import org.jspecify.annotations.NullMarked;
