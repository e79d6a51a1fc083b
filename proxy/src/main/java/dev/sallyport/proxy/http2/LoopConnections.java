package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.connect.Connector;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, and the exchanges that wait for a free stream on one. All of
 * it happens on the loop.
 */
final class LoopConnections {

  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_WAITING = 1000;
  private static final long WAIT_NANOS = 10_000_000_000L;
  private static final long TICK_SECONDS = 1;

  private final Connector connector;
  private final EventLoop loop;
  private final List<ConnectionHandler> connections = new ArrayList<>();
  private final List<ConnectionHandler> leaving = new ArrayList<>(0);
  private final ArrayDeque<StreamExchange> waiting = new ArrayDeque<>();
  private int connecting;
  private boolean closed;
  private @Nullable ScheduledFuture<?> ticker;

  LoopConnections(Connector connector, EventLoop loop) {
    this.connector = connector;
    this.loop = loop;
  }

  /** Gives the exchange a stream, now or when one is free. */
  void start(StreamExchange exchange) {
    if (waiting.isEmpty()) {
      int i = 0;
      while (i < connections.size()) {
        ConnectionHandler next = connections.get(i);
        if (next.begin(exchange)) {
          return;
        }
        if (i < connections.size() && connections.get(i) == next) {
          i++; // else it was its last
        }
      }
    }
    if (closed || waiting.size() >= MOST_WAITING) {
      exchange.unreachable(new IOException(closed ? "it is closed" : "too many requests wait"));
      return;
    }
    waiting.add(exchange);
    connectIfNeeded();
  }

  /** Whether new streams may be opened on a connection. */
  boolean current(Channel channel) {
    return connector.current(channel);
  }

  /** The exchange wants no stream any more. */
  void forget(StreamExchange exchange) {
    waiting.remove(exchange);
  }

  private void connectIfNeeded() {
    if (connecting > 0 || closed || connections.size() >= MOST_CONNECTIONS) {
      return;
    }
    connecting++;
    if (ticker == null) {
      ticker = loop.scheduleAtFixedRate(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }
    connector.connect(
        loop,
        new Connector.Attempt() {
          @Override
          public void connected(Channel channel, String protocol) {
            if (connector.secure() && !protocol.equals("h2")) {
              var unused = channel.close();
              failed(new SpeaksHttp1Exception());
              return;
            }
            channel.pipeline().addLast(ConnectionHandler.create(LoopConnections.this));
          }

          @Override
          public void failed(Throwable cause) {
            connectFailed(cause);
          }
        });
  }

  /** The backend's settings have come: its streams may be used. */
  void ready(ConnectionHandler connection) {
    connecting--;
    connections.add(connection);
    serveWaiting(connection);
    if (!waiting.isEmpty()) {
      connectIfNeeded();
    }
    if (closed) {
      connection.drain();
    }
  }

  /** No connection came of it. */
  void connectFailed(Throwable cause) {
    connecting--;
    if (!connections.isEmpty()) {
      return; // those who wait may still get a stream there
    }
    for (StreamExchange next = waiting.poll(); next != null; next = waiting.poll()) {
      next.unreachable(cause);
    }
  }

  /** A stream has ended. */
  void serveWaiting(ConnectionHandler connection) {
    for (StreamExchange next = waiting.peek(); next != null; next = waiting.peek()) {
      if (!connection.begin(next)) {
        return;
      }
      waiting.remove(next);
    }
  }

  /** The connection takes no new streams, but may still serve some. */
  void gone(ConnectionHandler connection) {
    if (connections.remove(connection)) {
      leaving.add(connection);
    }
    if (!waiting.isEmpty()) {
      connectIfNeeded();
    }
  }

  /** The connection is closed. */
  void ended(ConnectionHandler connection) {
    leaving.remove(connection);
  }

  private void tick() {
    long now = System.nanoTime();
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).tick(now);
    }
    for (int i = leaving.size() - 1; i >= 0; i--) {
      leaving.get(i).tick(now);
    }
    expireWaiting(now);
    if (!waiting.isEmpty()) {
      connectIfNeeded();
    }
    ScheduledFuture<?> running = ticker;
    boolean idle = connections.isEmpty() && leaving.isEmpty() && connecting == 0;
    if (running != null && idle && waiting.isEmpty()) {
      running.cancel(false);
      ticker = null;
    }
  }

  private void expireWaiting(long now) {
    for (StreamExchange next = waiting.peek(); next != null; next = waiting.peek()) {
      if (now - next.waitingSince() < WAIT_NANOS) {
        break;
      }
      waiting.remove();
      next.unreachable(new IOException("no stream became free in time"));
    }
  }

  /** Closes idle connections; the others close when their last exchange ends. Any thread. */
  void close() {
    if (loop.isShuttingDown()) {
      return; // it closes its connections itself
    }
    loop.execute(
        () -> {
          closed = true;
          for (ConnectionHandler each : connections.toArray(ConnectionHandler[]::new)) {
            each.drain();
          }
        });
  }
}
