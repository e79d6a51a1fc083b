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
  private final @Nullable StallTimer stall;
  private RequestBody.@Nullable Flow flow;
  private boolean asked;
  private boolean complete;
  private boolean patient;

  /**
   * @param stall who minds that the upstream takes nothing; null where a deadline does
   */
  BodyToUpstream(
      UpstreamExchange upstream, Consumer<Throwable> failures, @Nullable StallTimer stall) {
    this.upstream = upstream;
    this.failures = failures;
    this.stall = stall;
  }

  /** Whether the client has ended its way and the upstream been told. */
  boolean complete() {
    return complete;
  }

  /** The call streams both ways: the client may be silent as long as it likes. */
  void waitForClient() {
    patient = true;
  }

  @Override
  public boolean patient() {
    return patient;
  }

  /** Asks for a piece if the upstream would take it and none is on its way. */
  void more() {
    RequestBody.Flow from = flow;
    if (asked || complete || from == null) {
      return;
    }
    boolean taking = upstream.writable();
    if (stall != null) {
      stall.minds(!taking);
    }
    if (taking) {
      asked = true;
      from.request();
    }
  }

  /** The upstream takes nothing more: what the client still sends is thrown away. */
  void stop() {
    complete = true;
    RequestBody.Flow from = flow;
    if (from != null) {
      from.cancel(null);
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
    complete = true;
    upstream.end();
  }

  @Override
  public void ended(List<String> trailers) {
    complete = true;
    upstream.end(trailers);
  }

  @Override
  public void failed(Throwable cause) {
    failures.accept(cause);
  }
}
