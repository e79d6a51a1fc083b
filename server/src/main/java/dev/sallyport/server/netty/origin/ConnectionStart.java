package dev.sallyport.server.netty.origin;

import dev.sallyport.config.ClientAddressConfig;
import dev.sallyport.config.ProxyProtocolUse;
import dev.sallyport.server.netty.exchange.ClientSide;
import dev.sallyport.server.netty.exchange.Origins;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** Puts a new connection's first handlers in their places: the PROXY header's, then TLS. */
public final class ConnectionStart {

  private final ClientAddressConfig config;
  private final Duration timeout;
  private final Supplier<ChannelHandler> tls;
  private final Origins origins;

  /**
   * @param timeout for the PROXY header
   */
  public ConnectionStart(
      ClientAddressConfig config, Duration timeout, Supplier<ChannelHandler> tls) {
    this.config = config;
    this.timeout = timeout;
    this.tls = tls;
    this.origins =
        config.proxies().isEmpty()
            ? Origins.PEER
            : new TrustedProxies(config.proxies(), config.header());
  }

  /** On the connection's event loop, when it is accepted. */
  public void begin(Channel channel) {
    if (origins != Origins.PEER) {
      ClientSide.judgedBy(channel, origins);
    }
    if (announced(channel)) {
      boolean required = config.proxyProtocol() == ProxyProtocolUse.REQUIRED;
      ProxyHeaderReceiver receiver = new ProxyHeaderReceiver(timeout, tls);
      channel.pipeline().addLast(new ProxyHeaderDetector(required, receiver)).addLast(receiver);
    } else {
      channel.pipeline().addLast(tls.get());
    }
  }

  /** Whether a load balancer connects, which says first on whose behalf. */
  private boolean announced(Channel channel) {
    return config.proxyProtocol() != ProxyProtocolUse.OFF
        && channel.remoteAddress() instanceof InetSocketAddress peer
        && config.balancers().contain(peer.getAddress());
  }
}
