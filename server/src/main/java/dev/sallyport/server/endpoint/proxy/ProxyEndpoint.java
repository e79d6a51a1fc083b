package dev.sallyport.server.endpoint.proxy;

import dev.sallyport.api.Answer;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;

/**
 * Passes an authorized request on, in the form in which it was authorized, and its answer back.
 * Both bodies are streamed, neither is copied. Upgrades are not passed on: such a request is
 * treated as a plain one.
 */
public final class ProxyEndpoint implements Endpoint {

  private final Upstream upstream;
  private final boolean cluster;

  /**
   * @param cluster whether the upstream is a kube-apiserver, whose answers never send a client
   *     elsewhere
   */
  public ProxyEndpoint(Upstream upstream, boolean cluster) {
    this.upstream = upstream;
    this.cluster = cluster;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    ProxiedExchange exchange = new ProxiedExchange(context, answer, cluster);
    EventLoop loop = (EventLoop) context.request().connection().loop();
    if (loop.inEventLoop()) {
      exchange.start(upstream);
    } else {
      loop.execute(() -> exchange.start(upstream));
    }
    return Answer.later(answer);
  }
}
