package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.headers.RequestHeaders;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** A backend at one URL, spoken to in HTTP/1.1. */
public final class Http1Upstream implements Upstream {

  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(64 << 10)
          .setMaxHeaderSize(1 << 20)
          .setMaxChunkSize(64 << 10);

  private final Connector connector;
  private final String prefix;
  private final RequestHeaders headers;
  private final ConnectionPool pool = new ConnectionPool();

  /**
   * @param connector closed with this upstream
   * @param path put before every target, with or without a slash at its end
   */
  public Http1Upstream(Connector connector, String path, RequestHeaders headers) {
    this.connector = connector;
    this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.headers = headers;
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
    connector.connect(
        exchange.loop(),
        new Connector.Attempt() {
          @Override
          public void connected(Channel channel, String protocol) {
            exchange.connected(prepare(channel));
          }

          @Override
          public void failed(Throwable cause) {
            exchange.unreachable(cause);
          }
        });
  }

  private UpstreamConnection prepare(Channel channel) {
    UpstreamConnection connection = new UpstreamConnection(channel, pool);
    channel.pipeline().addLast(new HttpClientCodec(DECODER, false, false));
    channel.pipeline().addLast(connection);
    return connection;
  }

  @Override
  public void close() {
    pool.close();
    connector.close();
  }
}
