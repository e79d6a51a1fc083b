package dev.sallyport.server.netty.exchange;

import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.server.http.Alarm;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.tls.RequestedName;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A connection as handlers see it. */
public final class PeerConnection implements Connection {

  private final EventLoop loop;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final Origins origins;
  private final PeerCertificates peer;
  private final String serverName;
  private final boolean http2;
  private final Runnable closer;

  /**
   * @param closer ends the connection gracefully; runs on the event loop
   */
  public PeerConnection(Channel channel, PeerCertificates peer, boolean http2, Runnable closer) {
    this.loop = channel.eventLoop();
    this.remote = address(ClientSide.remote(channel));
    this.local = address(ClientSide.local(channel));
    this.origins = ClientSide.origins(channel);
    this.peer = peer;
    this.serverName = RequestedName.of(channel);
    this.http2 = http2;
    this.closer = closer;
  }

  private static InetSocketAddress address(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet
        : InetSocketAddress.createUnresolved("unknown", 0);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  /** Tells where its requests come from. */
  Origins origins() {
    return origins;
  }

  @Override
  public PeerCertificates peer() {
    return peer;
  }

  @Override
  public String serverName() {
    return serverName;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public Alarm alarm(long nanoTime, Runnable action) {
    return Alarms.set(loop, nanoTime, action);
  }

  @Override
  public boolean http2() {
    return http2;
  }

  @Override
  public void closeGracefully() {
    if (loop.inEventLoop()) {
      closer.run();
    } else {
      loop.execute(closer);
    }
  }
}
