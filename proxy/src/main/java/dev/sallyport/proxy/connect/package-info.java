/** How a backend is reached: its address, TLS with server name and protocol, unix sockets. */
@NullMarked
package dev.sallyport.proxy.connect;

import org.jspecify.annotations.NullMarked;
