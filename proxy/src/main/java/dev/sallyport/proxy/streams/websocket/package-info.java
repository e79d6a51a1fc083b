/** WebSocket frames over bytes, for tunnels that are looked into. */
@NullMarked
package dev.sallyport.proxy.streams.websocket;

import org.jspecify.annotations.NullMarked;
