package dev.sallyport.server.netty;

import dev.sallyport.config.ClientAddressConfig;
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
 * @param clients who is believed about a client's address
 */
public record ListenerConfig(
    List<InetSocketAddress> addresses,
    HttpLimits limits,
    Duration handshakeTimeout,
    int threads,
    ClientAddressConfig clients) {

  public ListenerConfig {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address to listen on");
    }
  }

  /** Where the connection's peer is the client. */
  public ListenerConfig(
      List<InetSocketAddress> addresses,
      HttpLimits limits,
      Duration handshakeTimeout,
      int threads) {
    this(addresses, limits, handshakeTimeout, threads, ClientAddressConfig.PEER);
  }

  /** Where the connection's peer is the client. */
  public static ListenerConfig of(InetSocketAddress address, int maxStreams) {
    return of(address, maxStreams, ClientAddressConfig.PEER);
  }

  public static ListenerConfig of(
      InetSocketAddress address, int maxStreams, ClientAddressConfig clients) {
    return new ListenerConfig(
        List.of(address),
        HttpLimits.DEFAULTS.withMaxStreams(maxStreams),
        Duration.ofSeconds(10),
        Runtime.getRuntime().availableProcessors(),
        clients);
  }
}
