package dev.sallyport.server.endpoint.proxy;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Promise;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.streams.recording.SessionFacts;
import dev.sallyport.proxy.streams.recording.SessionRecorder;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.exchange.HttpLimits;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Passes an authorized request on, in the form in which it was authorized, and its answer back.
 * Both bodies are streamed, neither is copied. A request that asks to become a WebSocket or SPDY
 * connection becomes a tunnel once the upstream has agreed; every other upgrade is treated as a
 * plain request.
 */
public final class ProxyEndpoint implements Endpoint {

  /** As long as a client may take nothing of its answer. */
  private static final long STALL_NANOS = HttpLimits.DEFAULTS.stallTimeout().toNanos();

  private final Upstream upstream;
  private final boolean cluster;
  private final long stallNanos;
  private final @Nullable SessionRecorder recorder;

  /**
   * @param cluster whether the upstream is a kube-apiserver, whose answers never send a client
   *     elsewhere
   */
  public ProxyEndpoint(Upstream upstream, boolean cluster) {
    this(upstream, cluster, STALL_NANOS);
  }

  ProxyEndpoint(Upstream upstream, boolean cluster, long stallNanos) {
    this(upstream, cluster, stallNanos, null);
  }

  private ProxyEndpoint(
      Upstream upstream, boolean cluster, long stallNanos, @Nullable SessionRecorder recorder) {
    this.upstream = upstream;
    this.cluster = cluster;
    this.stallNanos = stallNanos;
    this.recorder = recorder;
  }

  /** The same, with exec, attach and port-forward written down. */
  public ProxyEndpoint recordedBy(SessionRecorder by) {
    return new ProxyEndpoint(upstream, cluster, stallNanos, by);
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    Promise<Response> answer = new Promise<>();
    ProxiedExchange exchange = new ProxiedExchange(context, answer, cluster, stallNanos);
    EventLoop loop = (EventLoop) context.request().connection().loop();
    if (loop.inEventLoop()) {
      exchange.start(upstream(context));
    } else {
      loop.execute(() -> exchange.start(upstream(context)));
    }
    return answer;
  }

  /** Only upgrades can become sessions. */
  private Upstream upstream(RequestContext context) {
    SessionRecorder by = recorder;
    if (by == null || context.request().headers().first("upgrade") == null) {
      return upstream;
    }
    return by.around(
        upstream,
        new SessionFacts(
            context.auditId(),
            context.user(),
            context.impersonator(),
            context.request().origin().text()));
  }
}
