package dev.sallyport.server.http;

import dev.sallyport.authn.PeerCertificates;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;

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

  /** Whether requests come as HTTP/2 streams. */
  boolean http2();

  /** Ends the connection once the running exchanges are answered (GOAWAY, Connection: close). */
  void closeGracefully();
}
