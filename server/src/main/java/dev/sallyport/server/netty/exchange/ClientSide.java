package dev.sallyport.server.netty.exchange;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The two ends of a connection as its client sees them, a load balancer between or not. */
public final class ClientSide {

  private static final AttributeKey<Ends> ENDS = AttributeKey.valueOf(ClientSide.class, "ends");
  private static final AttributeKey<Origins> ORIGINS =
      AttributeKey.valueOf(ClientSide.class, "origins");

  private record Ends(InetSocketAddress remote, InetSocketAddress local) {}

  private ClientSide() {}

  /** Notes what a load balancer said. */
  public static void proxied(Channel channel, InetSocketAddress remote, InetSocketAddress local) {
    channel.attr(ENDS).set(new Ends(remote, local));
  }

  /** Notes who tells where the connection's requests come from. */
  public static void judgedBy(Channel channel, Origins origins) {
    channel.attr(ORIGINS).set(origins);
  }

  static @Nullable SocketAddress remote(Channel channel) {
    Ends ends = channel.attr(ENDS).get();
    return ends == null ? channel.remoteAddress() : ends.remote();
  }

  static @Nullable SocketAddress local(Channel channel) {
    Ends ends = channel.attr(ENDS).get();
    return ends == null ? channel.localAddress() : ends.local();
  }

  static Origins origins(Channel channel) {
    Origins origins = channel.attr(ORIGINS).get();
    return origins == null ? Origins.PEER : origins;
  }
}
