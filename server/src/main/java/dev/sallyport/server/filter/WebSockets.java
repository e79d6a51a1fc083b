package dev.sallyport.server.filter;

import dev.sallyport.api.Headers;
import java.util.Locale;

/**
 * Requests that want to become WebSockets, by their headers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1">RFC 6455, 4.2.1</a>
 */
public final class WebSockets {

  static final String PROTOCOLS = "Sec-WebSocket-Protocol";

  private static final String TOKEN = "base64url.bearer.authorization.k8s.io.";

  private WebSockets() {}

  /** Whether the client asks to go on as a WebSocket. */
  public static boolean upgrades(Headers headers) {
    String protocol = headers.first("Upgrade");
    if (protocol == null || !protocol.strip().equalsIgnoreCase("websocket")) {
      return false;
    }
    return headers.all("Connection").stream()
        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("upgrade"));
  }

  /** A line of subprotocols without those that are a bearer token; "" when none is left. */
  static String withoutToken(String line) {
    if (!line.contains(TOKEN)) {
      return line;
    }
    StringBuilder kept = new StringBuilder(line.length());
    for (int from = 0; from <= line.length(); ) {
      int comma = line.indexOf(',', from);
      int end = comma < 0 ? line.length() : comma;
      String protocol = line.substring(from, end).strip();
      from = end + 1;
      if (!protocol.startsWith(TOKEN)) {
        kept.append(kept.isEmpty() ? "" : ", ").append(protocol);
      }
    }
    return kept.toString();
  }
}
