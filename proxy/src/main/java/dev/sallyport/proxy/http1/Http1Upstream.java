package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.headers.RequestHeaders;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend at one URL, spoken to in HTTP/1.1. */
public final class Http1Upstream implements Upstream {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(64 << 10)
          .setMaxHeaderSize(1 << 20)
          .setMaxChunkSize(64 << 10);

  private final String host;
  private final int port;
  private final String prefix;
  private final RequestHeaders headers;
  private final @Nullable Supplier<SslContext> tls;
  private final ByteBufAllocator buffers;
  private final Addresses addresses;
  private final ConnectionPool pool = new ConnectionPool();

  /**
   * @param url http or https; its path is put before every target
   * @param tls today's client context, asked once per connection; null for cleartext
   * @param buffers where its connections take theirs from
   */
  public Http1Upstream(
      URI url,
      RequestHeaders headers,
      @Nullable Supplier<SslContext> tls,
      ByteBufAllocator buffers) {
    String name = url.getHost();
    this.host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    this.port = url.getPort() >= 0 ? url.getPort() : tls == null ? 80 : 443;
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.headers = headers;
    this.tls = tls;
    this.buffers = buffers;
    this.addresses = new Addresses(host, port);
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    Http1Exchange exchange;
    try {
      exchange = new Http1Exchange(this, loop, request, headers(request), receiver);
    } catch (UpstreamException unspeakable) {
      receiver.failed(unspeakable);
      Http1Exchange none =
          new Http1Exchange(this, loop, request, EmptyHttpHeaders.INSTANCE, receiver);
      none.cancel();
      return none;
    }
    UpstreamConnection kept = pool.take(loop);
    if (kept == null) {
      connect(exchange);
    } else {
      exchange.connected(kept);
    }
    return exchange;
  }

  private HttpHeaders headers(UpstreamRequest request) throws UpstreamException {
    HttpHeaders out = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    out.add(HttpHeaderNames.HOST, headers.host());
    headers.write(request, (name, value) -> out.add(name, bytes(value)));
    if (request.bodyLength() > 0 || request.bodyLength() == 0 && mayCarryBody(request.method())) {
      out.add(HttpHeaderNames.CONTENT_LENGTH, Long.toString(request.bodyLength()));
    } else if (request.bodyLength() < 0) {
      out.add(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
    return out;
  }

  private static boolean mayCarryBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /** Netty writes one byte per character. */
  private static String bytes(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  String target(String target) {
    return prefix.isEmpty() ? target : prefix + target;
  }

  /** Makes a new connection for an exchange. */
  void connect(Http1Exchange exchange) {
    EventLoop loop = exchange.loop();
    var unused =
        addresses
            .next()
            .whenComplete(
                (address, failure) -> {
                  if (loop.inEventLoop()) {
                    connect(exchange, address, failure);
                  } else {
                    loop.execute(() -> connect(exchange, address, failure));
                  }
                });
  }

  private void connect(
      Http1Exchange exchange, @Nullable InetSocketAddress address, @Nullable Throwable failure) {
    if (address == null) {
      exchange.unreachable(failure == null ? new IllegalStateException("no address") : failure);
      return;
    }
    ChannelFuture connecting = bootstrap(exchange.loop()).connect(address);
    var unused =
        connecting.addListener(
            done -> {
              if (done.isSuccess()) {
                shakeHands(exchange, connecting.channel());
              } else {
                exchange.unreachable(done.cause());
              }
            });
  }

  private void shakeHands(Http1Exchange exchange, Channel channel) {
    UpstreamConnection connection = channel.pipeline().get(UpstreamConnection.class);
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      exchange.connected(connection);
      return;
    }
    var unused =
        handler
            .handshakeFuture()
            .addListener(
                done -> {
                  if (done.isSuccess()) {
                    exchange.connected(connection);
                  } else {
                    exchange.unreachable(done.cause());
                    connection.close();
                  }
                });
  }

  private Bootstrap bootstrap(EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, buffers)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                prepare(channel);
              }
            });
  }

  private void prepare(Channel channel) {
    if (tls != null) {
      SslHandler handler = tls.get().newHandler(channel.alloc(), host, port);
      handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
      channel.pipeline().addLast(handler);
    }
    channel.pipeline().addLast(new HttpClientCodec(DECODER, false, false));
    channel.pipeline().addLast(new UpstreamConnection(channel, pool));
  }

  @Override
  public void close() {
    pool.close();
    addresses.close();
  }
}
