/** Bearer tokens in requests: the Authorization header and the WebSocket subprotocol. */
@NullMarked
package dev.sallyport.authn.bearer;

import org.jspecify.annotations.NullMarked;
