package dev.sallyport.server.http;

import dev.sallyport.authn.PeerCertificates;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The connection a request came by. */
public interface Connection {

  InetSocketAddress remoteAddress();

  InetSocketAddress localAddress();

  /** The client's certificates, one object for the connection's life. */
  PeerCertificates peer();

  /** The event loop that serves it: for deadlines and for hopping back. Never block it. */
  ScheduledExecutorService loop();

  /** The host that the client asked for in its TLS handshake (SNI), in lower case; "" for none. */
  String serverName();

  /**
   * Runs an action on the event loop at a time, or up to a tenth of a second later. Nearly all are
   * called off before: both cost little. Any thread.
   *
   * @param nanoTime as {@link System#nanoTime} tells it
   */
  default Alarm alarm(long nanoTime, Runnable action) {
    Future<?> task = loop().schedule(action, nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
    return () -> task.cancel(false);
  }

  /** Whether requests come as HTTP/2 streams. */
  boolean http2();

  /** Ends the connection once the running exchanges are answered (GOAWAY, Connection: close). */
  void closeGracefully();
}
