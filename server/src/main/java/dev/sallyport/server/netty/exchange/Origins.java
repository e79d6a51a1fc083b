package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Origin;
import java.net.InetSocketAddress;

/** Tells where requests come from. Any thread. */
@FunctionalInterface
public interface Origins {

  /** From the connection's peer: no proxy is trusted. */
  Origins PEER = (peer, headers) -> Origin.of(peer);

  /**
   * @param peer of the connection, or whom its load balancer named
   */
  Origin of(InetSocketAddress peer, Headers headers);
}
