package dev.sallyport.server.endpoint.proxy;

import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.server.http.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes a request's body on, no faster than the upstream takes it. */
final class BodyToUpstream implements RequestBody.Sink {

  private final UpstreamExchange upstream;
  private final Consumer<Throwable> failures;
  private RequestBody.@Nullable Flow flow;
  private boolean asked;

  BodyToUpstream(UpstreamExchange upstream, Consumer<Throwable> failures) {
    this.upstream = upstream;
    this.failures = failures;
  }

  /** Asks for a piece if the upstream would take it and none is on its way. */
  void more() {
    RequestBody.Flow from = flow;
    if (!asked && from != null && upstream.writable()) {
      asked = true;
      from.request();
    }
  }

  @Override
  public void started(RequestBody.Flow from) {
    flow = from;
    more();
  }

  @Override
  public void data(ByteBuf piece) {
    asked = false;
    upstream.write(piece);
    more();
  }

  @Override
  public void ended() {
    upstream.end();
  }

  @Override
  public void ended(List<String> trailers) {
    upstream.end(trailers);
  }

  @Override
  public void failed(Throwable cause) {
    failures.accept(cause);
  }
}
