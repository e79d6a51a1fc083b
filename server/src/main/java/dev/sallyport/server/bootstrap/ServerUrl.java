package dev.sallyport.server.bootstrap;

import java.net.Inet6Address;
import java.net.InetAddress;

/** How a client on this machine reaches the server. */
public final class ServerUrl {
  private ServerUrl() {}

  /** The URL of a server that listens on that address, by loopback if it listens on all. */
  public static String of(InetAddress bindAddress, int port) {
    boolean six = bindAddress instanceof Inet6Address;
    String loopback = six ? "::1" : "127.0.0.1";
    String host = bindAddress.isAnyLocalAddress() ? loopback : bindAddress.getHostAddress();
    return "https://" + (six ? "[" + host + "]" : host) + ":" + port;
  }
}
