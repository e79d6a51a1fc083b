package dev.sallyport.webhook.https;

import dev.sallyport.webhook.CallException.Kind;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.TlsPeer;
import io.netty.handler.ssl.SslProvider;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Clients over Netty and the one event loop that they share, which starts with the first call. */
public final class NettyConnector implements HttpsConnector {

  private final @Nullable SslProvider provider;
  private final Set<NettyClient> clients = ConcurrentHashMap.newKeySet();
  private final Set<PendingCall> underWay = new HashSet<>(); // on the event loop only
  private @Nullable Loop loop;
  private boolean closed;

  public NettyConnector() {
    this(null);
  }

  /**
   * @param provider the TLS engine; null for the server's
   */
  NettyConnector(@Nullable SslProvider provider) {
    this.provider = provider;
  }

  @Override
  public HttpsClient client(TlsPeer peer) {
    NettyClient client = new NettyClient(this, peer, provider);
    clients.add(client);
    return client;
  }

  /** Null once closed. */
  synchronized @Nullable Loop loop() {
    if (loop == null && !closed) {
      loop = new Loop();
    }
    return closed ? null : loop;
  }

  void begin(PendingCall call) {
    underWay.add(call);
    call.begin(() -> underWay.remove(call));
  }

  void closed(NettyClient client) {
    clients.remove(client);
    Loop running = running();
    if (running != null) {
      onLoop(running, client::closePools);
    }
  }

  private synchronized @Nullable Loop running() {
    return loop;
  }

  @Override
  public void close() {
    Loop running;
    synchronized (this) {
      closed = true;
      running = loop;
    }
    if (running != null) {
      onLoop(running, this::endAll);
      running.shutDown();
    }
  }

  private void endAll() {
    for (PendingCall call : underWay.toArray(new PendingCall[0])) {
      call.fail(Kind.CANCELLED, "the server stops", null);
    }
    clients.forEach(NettyClient::closePools);
  }

  private static void onLoop(Loop loop, Runnable step) {
    try {
      loop.events().execute(step);
    } catch (RejectedExecutionException e) {
      // Closed before: nothing is left to close.
    }
  }
}
