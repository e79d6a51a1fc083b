package dev.sallyport.webhook.https;

import dev.sallyport.webhook.BodySink;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.TlsPeer;
import io.netty.handler.ssl.SslProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A client for one {@link TlsPeer}; its pools, one for each origin, live on the event loop. */
final class NettyClient implements HttpsClient {

  private final NettyConnector connector;
  private final TlsPeer peer;
  private final @Nullable SslProvider provider;
  private final Map<Origin, ConnectionPool> pools = new HashMap<>();
  private @Nullable CompletableFuture<ClientTls> tls;
  private volatile boolean closed;

  NettyClient(NettyConnector connector, TlsPeer peer, @Nullable SslProvider provider) {
    this.connector = connector;
    this.peer = peer;
    this.provider = provider;
  }

  @Override
  public HttpsCall send(HttpsRequest request) {
    return send(request, null);
  }

  @Override
  public HttpsCall stream(HttpsRequest request, BodySink sink) {
    return send(request, sink);
  }

  private HttpsCall send(HttpsRequest request, @Nullable BodySink sink) {
    Loop loop = closed ? null : connector.loop();
    if (loop == null) {
      return new RefusedCall(
          new CallException(
              CallException.Kind.CANCELLED, request + ": the client is closed", null));
    }
    PendingCall call = new PendingCall(request, sink, loop.events());
    try {
      loop.events().execute(() -> start(loop, call));
    } catch (RejectedExecutionException e) {
      call.fail(CallException.Kind.CANCELLED, "the client is closed", e);
    }
    return call;
  }

  private void start(Loop loop, PendingCall call) {
    connector.begin(call);
    if (!call.ended()) {
      Origin origin = Origin.of(call.request());
      pools.computeIfAbsent(origin, wanted -> pool(loop, wanted)).submit(call);
    }
  }

  private ConnectionPool pool(Loop loop, Origin origin) {
    Dialer dialer = new Dialer(origin, loop, () -> tls(loop));
    ConnectionPool pool = new ConnectionPool(loop.events(), dialer, () -> pools.remove(origin));
    if (closed) {
      pool.close();
    }
    return pool;
  }

  /** Made with the first connection, and again if that failed. */
  private CompletionStage<ClientTls> tls(Loop loop) {
    CompletableFuture<ClientTls> known = tls;
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<ClientTls> made = new CompletableFuture<>();
    tls = made;
    try {
      loop.helpers().execute(() -> make(made));
    } catch (RejectedExecutionException e) {
      made.completeExceptionally(new SSLException("too many names are being looked up", e));
    }
    return made;
  }

  private void make(CompletableFuture<ClientTls> made) {
    try {
      made.complete(ClientTls.of(peer, provider == null ? ClientTls.provider() : provider));
    } catch (SSLException | RuntimeException e) {
      made.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    connector.closed(this);
  }

  /** On the event loop. */
  void closePools() {
    for (ConnectionPool pool : pools.values().toArray(new ConnectionPool[0])) {
      pool.close();
    }
  }
}
