package dev.sallyport.proxy.connect;

import dev.sallyport.proxy.ClientOrigin;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes connections to one backend, with TLS where it speaks that. */
public final class Connector implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final AttributeKey<SslContext> MADE_WITH =
      AttributeKey.valueOf(Connector.class, "madeWith");

  /** Hears once how an attempt went, on its event loop. */
  public interface Attempt {

    /**
     * The connection stands and the handshake is done. What is added to the channel's pipeline now
     * sees every byte that the backend sends.
     *
     * @param protocol what was agreed on by ALPN, or ""
     */
    void connected(Channel channel, String protocol);

    void failed(Throwable cause);
  }

  private final Announcement announcement;
  private final Destination destination;
  private final @Nullable ClientTls tls;
  private final Duration timeout;
  private final ByteBufAllocator buffers;
  private final @Nullable Addresses addresses;

  /**
   * @param tls null for cleartext
   * @param timeout for the connection without the handshake; a name's look-up is not counted
   * @param buffers where connections take theirs from
   */
  public Connector(
      Destination destination,
      @Nullable ClientTls tls,
      Duration timeout,
      ByteBufAllocator buffers) {
    this(destination, tls, timeout, buffers, Announcement.NONE);
  }

  /**
   * @param announcement what connections begin with, TLS or not
   */
  public Connector(
      Destination destination,
      @Nullable ClientTls tls,
      Duration timeout,
      ByteBufAllocator buffers,
      Announcement announcement) {
    this.announcement = announcement;
    this.destination = destination;
    this.tls = tls;
    this.timeout = timeout;
    this.buffers = buffers;
    this.addresses =
        destination instanceof Destination.Port port
            ? new Addresses(port.host(), port.port())
            : null;
  }

  /** With the usual timeout of five seconds. */
  public Connector(Destination destination, @Nullable ClientTls tls, ByteBufAllocator buffers) {
    this(destination, tls, CONNECT, buffers);
  }

  /** Whether connections are encrypted. */
  public boolean secure() {
    return tls != null;
  }

  /**
   * Whether the connection was made with today's certificates: one with others is not for new
   * requests. Always so without TLS.
   */
  public boolean current(Channel channel) {
    ClientTls wanted = tls;
    return wanted == null || channel.attr(MADE_WITH).get() == wanted.context().get();
  }

  /** Where connections take their buffers from. */
  public ByteBufAllocator buffers() {
    return buffers;
  }

  /** Whether each connection names a client, so that nobody else's requests may use it. */
  public boolean announces() {
    return announcement != Announcement.NONE;
  }

  /** Makes a connection on nobody's behalf. Any thread. */
  public void connect(EventLoop loop, Attempt attempt) {
    connect(loop, ClientOrigin.UNKNOWN, attempt);
  }

  /**
   * Makes a connection that belongs to the loop. Any thread.
   *
   * @param origin whom it names if it announces
   */
  public void connect(EventLoop loop, ClientOrigin origin, Attempt attempt) {
    Addresses names = addresses;
    if (names == null) {
      Destination.Socket socket = (Destination.Socket) destination;
      on(loop, () -> connect(loop, UnixDomainSocketAddress.of(socket.path()), origin, attempt));
      return;
    }
    var unused =
        names
            .next()
            .whenComplete(
                (address, failure) ->
                    on(
                        loop,
                        () -> {
                          if (address != null) {
                            connect(loop, address, origin, attempt);
                          } else {
                            attempt.failed(failure);
                          }
                        }));
  }

  private static void on(EventLoop loop, Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
    } else {
      loop.execute(action);
    }
  }

  private void connect(
      EventLoop loop, SocketAddress address, ClientOrigin origin, Attempt attempt) {
    Readiness readiness = new Readiness(attempt, tls != null);
    var unused =
        bootstrap(address)
            .group(loop)
            .option(ChannelOption.ALLOCATOR, buffers)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    prepare(channel, origin, readiness);
                  }
                })
            .connect(address)
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    readiness.fail(done.cause());
                  }
                });
  }

  private static Bootstrap bootstrap(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress
        ? new Bootstrap().channel(NioDomainSocketChannel.class)
        : new Bootstrap()
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true);
  }

  private void prepare(Channel channel, ClientOrigin origin, Readiness readiness) {
    if (announces()) {
      new Announcer(announcement, origin).stand(channel.pipeline());
    }
    ClientTls wanted = tls;
    if (wanted != null) {
      SslContext context = wanted.context().get();
      int port = destination instanceof Destination.Port named ? named.port() : -1;
      channel.attr(MADE_WITH).set(context);
      SslHandler handler = context.newHandler(channel.alloc(), wanted.serverName(), port);
      handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
      channel.pipeline().addLast(handler);
    }
    channel.pipeline().addLast(readiness);
  }

  @Override
  public void close() {
    Addresses names = addresses;
    if (names != null) {
      names.close();
    }
  }
}
