package dev.sallyport.server.endpoint.proxy;

import dev.sallyport.config.NumericAddress;
import dev.sallyport.proxy.ClientOrigin;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.http.Request;
import java.net.InetAddress;

/** Says where a request comes from in the words that backends understand. */
final class ClientOrigins {

  private ClientOrigins() {}

  static ClientOrigin of(Request request) {
    Origin origin = request.origin();
    boolean believed = !origin.hops().isEmpty();
    return new ClientOrigin(
        origin.client(),
        request.connection().localAddress(),
        believed ? forwardedFor(origin) : "",
        believed && origin.standard() ? forwarded(origin, request.authority()) : "");
  }

  private static String forwardedFor(Origin origin) {
    StringBuilder list = new StringBuilder();
    for (InetAddress hop : origin.hops()) {
      list.append(list.length() == 0 ? "" : ", ").append(NumericAddress.text(hop));
    }
    return list.toString();
  }

  /** The last element is ours: only there it is known what was asked, and how. */
  private static String forwarded(Origin origin, String authority) {
    StringBuilder list = new StringBuilder();
    for (InetAddress hop : origin.hops()) {
      String text = NumericAddress.text(hop);
      boolean v6 = text.indexOf(':') >= 0;
      list.append(list.length() == 0 ? "for=" : ", for=");
      list.append(v6 ? "\"[" : "").append(text).append(v6 ? "]\"" : "");
    }
    if (!authority.isEmpty()) {
      list.append(";host=\"").append(authority).append('"');
    }
    return list.append(";proto=https").toString();
  }
}
