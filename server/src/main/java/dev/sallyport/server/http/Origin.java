package dev.sallyport.server.http;

import dev.sallyport.config.NumericAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where a request comes from: the one notion of it that logs, audit and backends share.
 *
 * @param client who asks, as far as trusted proxies vouch for it, else the connection's peer; port
 *     0 where only the address is known
 * @param hops the client, the trusted proxies behind it and the connection's peer; empty when no
 *     proxy is trusted at all: then claims are neither believed nor taken away
 * @param standard whether proxies tell it by Forwarded (RFC 7239) and want to hear it so
 */
public record Origin(InetSocketAddress client, List<InetAddress> hops, boolean standard) {

  public Origin {
    hops = List.copyOf(hops);
  }

  /** Of a connection in front of which no proxy is trusted. */
  public static Origin of(InetSocketAddress peer) {
    return new Origin(peer, List.of(), false);
  }

  /** The client's address in numbers, or {@code unknown}. */
  public String text() {
    return client.isUnresolved() ? "unknown" : NumericAddress.text(client.getAddress());
  }
}
