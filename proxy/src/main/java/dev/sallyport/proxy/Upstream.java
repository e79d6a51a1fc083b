package dev.sallyport.proxy;

import io.netty.channel.EventLoop;

/** A backend that answers requests which both doors have let through. */
public interface Upstream extends AutoCloseable {

  /**
   * Begins one exchange. To be called on the event loop, on which all its callbacks come too.
   * Nothing of the request's body is asked for before a connection stands.
   */
  UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver);

  /** Closes idle connections; running exchanges end by themselves. */
  @Override
  void close();
}
