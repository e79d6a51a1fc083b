package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.headers.RequestHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** A backend at one URL, spoken to in HTTP/1.1. */
public final class Http1Upstream implements Upstream {

  private final Connector connector;
  private final String prefix;
  private final byte[] afterTarget;
  private final RequestHeaders headers;
  private final ConnectionPool pool;

  /**
   * @param connector closed with this upstream
   * @param path put before every target, with or without a slash at its end
   */
  public Http1Upstream(Connector connector, String path, RequestHeaders headers) {
    this.connector = connector;
    this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.afterTarget = RequestWriter.afterTarget(headers.host());
    this.headers = headers;
    this.pool = new ConnectionPool(connector.announces() ? 0 : ConnectionPool.MAX_IDLE_PER_LOOP);
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    ByteBuf head;
    try {
      head = head(request);
    } catch (UpstreamException unspeakable) {
      receiver.failed(unspeakable);
      return UpstreamExchange.NONE;
    }
    Http1Exchange exchange = new Http1Exchange(this, loop, request, head, receiver);
    // A tunnel uses its connection up; a new one is never just being closed.
    UpstreamConnection kept = request.upgrade().isEmpty() ? pool.take(loop) : null;
    if (kept == null) {
      connect(exchange);
    } else if (request.repeatable() || !kept.mayHaveEnded()) {
      exchange.connected(kept);
    } else {
      afterReading(loop, () -> connected(exchange, kept));
    }
    return exchange;
  }

  /**
   * What cannot be sent twice is not trusted to a connection whose end may have arrived while the
   * loop was busy: the loop looks at its sockets first.
   */
  private static void afterReading(EventLoop loop, Runnable action) {
    // Behind the next select: what is scheduled amid the tasks is looked for after it.
    loop.execute(
        () -> {
          var unused = loop.schedule(action, 1, TimeUnit.NANOSECONDS);
        });
  }

  private void connected(Http1Exchange exchange, UpstreamConnection kept) {
    if (kept.usable()) {
      exchange.connected(kept);
    } else {
      connect(exchange);
    }
  }

  /**
   * A request's head in a buffer of its own.
   *
   * @throws UpstreamException when something of it cannot be told
   */
  ByteBuf head(UpstreamRequest request) throws UpstreamException {
    RequestWriter out =
        RequestWriter.get().line(request.method(), prefix, request.target(), afterTarget);
    headers.write(request, out);
    if (!request.upgrade().isEmpty()) {
      out.upgrade(request.upgrade());
    } else if (request.bodyLength() < 0) {
      out.chunked();
    } else if (request.bodyLength() > 0 || mayCarryBody(request.method())) {
      out.contentLength(request.bodyLength());
    }
    return out.finish(connector.buffers());
  }

  private static boolean mayCarryBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /** Makes a new connection for an exchange. */
  void connect(Http1Exchange exchange) {
    connector.connect(
        exchange.loop(),
        exchange.origin(),
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
    UpstreamConnection connection = new UpstreamConnection(channel, pool, connector);
    channel.pipeline().addLast(connection);
    return connection;
  }

  @Override
  public void close() {
    pool.close();
    connector.close();
  }
}
