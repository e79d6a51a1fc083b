package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.headers.RequestHeaders;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend spoken to in HTTP/2: with TLS where it agrees to that by ALPN, else by prior knowledge.
 * Protocol switches are not asked for; a request that wants one is sent as a plain one.
 */
public final class Http2Upstream implements Upstream {

  private final Connector connector;
  private final String prefix;
  private final RequestHeaders headers;
  private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();

  /**
   * @param connector closed with this upstream; with TLS it offers h2 by ALPN
   * @param path put before every target, with or without a slash at its end
   */
  public Http2Upstream(Connector connector, String path, RequestHeaders headers) {
    this.connector = connector;
    this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.headers = headers;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    LoopConnections connections = loops.get(loop);
    if (connections == null) {
      connections = loops.computeIfAbsent(loop, each -> new LoopConnections(connector, each));
    }
    RequestBlock block = new RequestBlock(request);
    StreamExchange exchange = new StreamExchange(connections, request, block, receiver);
    try {
      headers.write(request, block);
    } catch (UpstreamException unspeakable) {
      exchange.fail(unspeakable);
      return exchange;
    }
    block.complete(
        connector.secure() ? "https" : "http", headers.host(), prefix + request.target());
    connections.start(exchange);
    return exchange;
  }

  @Override
  public void close() {
    loops.forEach((loop, connections) -> connections.close());
    connector.close();
  }
}
