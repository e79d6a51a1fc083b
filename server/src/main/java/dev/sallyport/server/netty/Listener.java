package dev.sallyport.server.netty;

import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.netty.exchange.Connections;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.http1.Http1Handler;
import dev.sallyport.server.netty.http2.Http2Handler;
import dev.sallyport.server.netty.origin.ConnectionStart;
import dev.sallyport.server.tls.TlsContexts;
import dev.sallyport.server.tls.TlsHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Serves HTTPS, HTTP/1.1 and HTTP/2, on one or more addresses until it is shut down. */
public final class Listener {

  private static final int BACKLOG = 1024;

  private final MultiThreadIoEventLoopGroup loops;
  private final Connections connections = new Connections();
  private final List<Channel> servers = new ArrayList<>();
  private final HttpLimits limits;
  private final HttpHandler handler;

  private Listener(ListenerConfig config, HttpHandler handler, MultiThreadIoEventLoopGroup loops) {
    this.loops = loops;
    this.limits = config.limits();
    this.handler = handler;
  }

  /**
   * Begins to listen on all addresses, or on none.
   *
   * @param contexts today's certificates, asked once per connection
   * @return fails with a {@link ListenException}
   */
  public static CompletionStage<Listener> start(
      ListenerConfig config, Supplier<TlsContexts> contexts, HttpHandler handler) {
    // A thread per core and event loop: no loop ever blocks.
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            config.threads(), new DefaultThreadFactory("serve", true), NioIoHandler.newFactory());
    Listener listener = new Listener(config, handler, loops);
    ConnectionStart start =
        new ConnectionStart(
            config.clients(),
            config.handshakeTimeout(),
            () -> new TlsHandler(contexts, config.handshakeTimeout(), listener::httpHandler));
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(listener.loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOCATOR, Buffers.POOL)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 << 10, 64 << 10))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    start.begin(channel);
                  }
                });
    return listener.bind(bootstrap, config.addresses());
  }

  private ChannelHandler httpHandler(boolean http2, PeerCertificates peer) {
    return http2
        ? Http2Handler.create(handler, limits, connections, peer)
        : new Http1Handler(handler, limits, connections, peer);
  }

  private CompletionStage<Listener> bind(
      ServerBootstrap bootstrap, List<InetSocketAddress> addresses) {
    CompletableFuture<Listener> started = new CompletableFuture<>();
    bindNext(bootstrap, addresses, 0, started);
    return started;
  }

  private void bindNext(
      ServerBootstrap bootstrap,
      List<InetSocketAddress> addresses,
      int index,
      CompletableFuture<Listener> started) {
    if (index == addresses.size()) {
      started.complete(this);
      return;
    }
    InetSocketAddress address = addresses.get(index);
    ChannelFuture bound = bootstrap.bind(address);
    var unused =
        bound.addListener(
            done -> {
              if (done.isSuccess()) {
                servers.add(bound.channel());
                bindNext(bootstrap, addresses, index + 1, started);
              } else {
                var stopping = shutdown(Duration.ZERO);
                started.completeExceptionally(new ListenException(address, done.cause()));
              }
            });
  }

  /** The first address as it was bound, with its real port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) servers.get(0).localAddress();
  }

  /** All addresses as they were bound. */
  public List<InetSocketAddress> addresses() {
    return servers.stream().map(server -> (InetSocketAddress) server.localAddress()).toList();
  }

  /** Open connections whose handshake is done. */
  public int connections() {
    return connections.count();
  }

  /**
   * Accepts nothing more, lets running exchanges end and tells every client so (GOAWAY, Connection:
   * close); what is left after the grace is cut off.
   *
   * @return done when all connections and threads have ended
   */
  public CompletionStage<Void> shutdown(Duration grace) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    AtomicInteger open = new AtomicInteger(servers.size() + 1);
    Runnable closed =
        () -> {
          if (open.decrementAndGet() == 0) {
            drain(grace, stopped);
          }
        };
    for (Channel server : servers) {
      var unused = server.close().addListener(done -> closed.run());
    }
    closed.run();
    return stopped;
  }

  private void drain(Duration grace, CompletableFuture<Void> stopped) {
    var cut = loops.schedule(connections::closeNow, grace.toMillis(), TimeUnit.MILLISECONDS);
    var unused =
        connections
            .drain()
            .whenComplete(
                (nothing, failure) -> {
                  cut.cancel(false);
                  var ending =
                      loops
                          .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                          .addListener(done -> stopped.complete(null));
                });
  }
}
