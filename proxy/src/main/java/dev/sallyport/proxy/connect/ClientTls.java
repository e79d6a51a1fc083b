package dev.sallyport.proxy.connect;

import io.netty.handler.ssl.SslContext;
import java.util.function.Supplier;

/**
 * TLS towards a backend.
 *
 * @param context today's, asked once per connection; it says which protocols are offered by ALPN
 * @param serverName what the backend's certificate must be for, and what is asked for by SNI where
 *     it is no IP address
 */
public record ClientTls(Supplier<SslContext> context, String serverName) {}
