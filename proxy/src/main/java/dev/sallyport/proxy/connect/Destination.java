package dev.sallyport.proxy.connect;

import dev.sallyport.config.SocketUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** Where a backend listens. */
public sealed interface Destination {

  /**
   * A port of a host.
   *
   * @param host a name or an IP address without brackets
   */
  record Port(String host, int port) implements Destination {}

  /** A unix domain socket. */
  record Socket(Path path) implements Destination {}

  /** Of {@code http}, {@code h2c}, {@code https} and {@code unix} URLs, which have been checked. */
  static Destination of(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (SocketUrl.is(url)) {
      return new Socket(Path.of(SocketUrl.file(url)));
    }
    String name = url.getHost();
    String host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return new Port(host, port);
  }
}
