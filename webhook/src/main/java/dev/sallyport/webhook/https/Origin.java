package dev.sallyport.webhook.https;

import dev.sallyport.webhook.HttpsRequest;
import java.net.URI;
import java.util.Locale;

/**
 * A server's address as connections are kept by it.
 *
 * @param host a name or an IP address without brackets, in lower case
 */
record Origin(boolean tls, String host, int port) {

  static Origin of(HttpsRequest request) {
    URI url = request.url();
    String name = url.getHost().toLowerCase(Locale.ROOT);
    String host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    int standard = request.tls() ? 443 : 80;
    return new Origin(request.tls(), host, url.getPort() < 0 ? standard : url.getPort());
  }

  /** As a Host header has it. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return authority();
  }
}
