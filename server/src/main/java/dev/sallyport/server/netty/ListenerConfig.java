package dev.sallyport.server.netty;

import dev.sallyport.server.netty.exchange.HttpLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where and within which limits to serve.
 *
 * @param addresses at least one; port 0 takes any free one
 * @param handshakeTimeout from a connection's start to the end of its TLS handshake
 * @param threads event loops
 */
public record ListenerConfig(
    List<InetSocketAddress> addresses, HttpLimits limits, Duration handshakeTimeout, int threads) {

  public ListenerConfig {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address to listen on");
    }
  }

  public static ListenerConfig of(InetSocketAddress address, int maxStreams) {
    return new ListenerConfig(
        List.of(address),
        HttpLimits.DEFAULTS.withMaxStreams(maxStreams),
        Duration.ofSeconds(10),
        Runtime.getRuntime().availableProcessors());
  }
}
