package dev.sallyport.proxy.streams.translation;

import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamProtocols;
import dev.sallyport.proxy.streams.StreamTarget;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that speaks one protocol for exec, attach and port-forward, whichever the client
 * speaks. Everything else passes as it is.
 */
public final class TranslatingUpstream implements Upstream {

  private final Upstream upstream;
  private final boolean spdy;
  private final ToSpdy toSpdy;
  private final ToWebSocket toWebSocket;

  private TranslatingUpstream(Upstream upstream, boolean spdy, ByteBufAllocator buffers) {
    this.upstream = upstream;
    this.spdy = spdy;
    this.toSpdy = new ToSpdy(buffers);
    this.toWebSocket = new ToWebSocket(buffers);
  }

  /** The upstream as it is, or with a translation before it. */
  public static Upstream around(
      Upstream upstream, StreamingProtocol streaming, ByteBufAllocator buffers) {
    return switch (streaming) {
      case AUTO -> upstream;
      case SPDY -> new TranslatingUpstream(upstream, true, buffers);
      case WEBSOCKET -> new TranslatingUpstream(upstream, false, buffers);
    };
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    Plan plan;
    try {
      plan = plan(request);
    } catch (StreamException e) {
      receiver.failed(
          new UpstreamException(
              UpstreamException.Kind.UNSPEAKABLE, String.valueOf(e.getMessage()), e));
      return UpstreamExchange.NONE;
    }
    if (plan == null) {
      return upstream.open(loop, request, receiver);
    }
    TranslatedExchange exchange = new TranslatedExchange(plan, receiver);
    exchange.opened(upstream.open(loop, plan.request(), exchange.receiver()));
    return exchange;
  }

  private @Nullable Plan plan(UpstreamRequest request) throws StreamException {
    StreamTarget target = StreamTarget.of(request);
    if (target == null) {
      return null;
    }
    boolean fromWebSocket = request.upgrade().equals(StreamProtocols.WEBSOCKET);
    if (fromWebSocket == !spdy) {
      return null; // both speak the same
    }
    return spdy ? toSpdy.plan(request, target) : toWebSocket.plan(request, target);
  }

  @Override
  public void close() {
    upstream.close();
  }
}
