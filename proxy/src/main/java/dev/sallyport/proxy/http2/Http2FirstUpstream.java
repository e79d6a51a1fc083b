package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.channel.EventLoop;
import java.time.Duration;

/**
 * A backend that is spoken to in HTTP/2, but for what HTTP/2 has no words for: switches to another
 * protocol go by HTTP/1.1. One that may choose and chooses HTTP/1.1 is asked again after a while.
 */
public final class Http2FirstUpstream implements Upstream {

  private static final long ASK_AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

  private final Upstream http2;
  private final Upstream http1;
  private final boolean choice;
  private volatile long http1Since;

  /**
   * @param choice whether the backend may choose; else one that does not agree to HTTP/2 cannot be
   *     reached
   */
  public Http2FirstUpstream(Upstream http2, Upstream http1, boolean choice) {
    this.http2 = http2;
    this.http1 = http1;
    this.choice = choice;
    this.http1Since = System.nanoTime() - ASK_AGAIN_NANOS;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    if (!request.upgrade().isEmpty()
        || choice && System.nanoTime() - http1Since < ASK_AGAIN_NANOS) {
      return http1.open(loop, request, receiver);
    }
    if (!choice) {
      return http2.open(loop, request, receiver);
    }
    return new ChosenExchange(receiver, to -> otherwise(loop, request, to))
        .begin(to -> http2.open(loop, request, to));
  }

  private UpstreamExchange otherwise(
      EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    http1Since = System.nanoTime();
    return http1.open(loop, request, receiver);
  }

  @Override
  public void close() {
    http2.close();
    http1.close();
  }
}
