package dev.sallyport.server.http;

import java.util.List;

/**
 * Which protocol a request asks its connection to switch to. Only two are known here; all else is
 * an ordinary request that happens to have a header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.8">RFC 9110, 7.8</a>
 */
public final class Upgrades {

  public static final String WEBSOCKET = "websocket";
  public static final String SPDY = "SPDY/3.1";

  private Upgrades() {}

  /**
   * The one protocol asked for, in its usual spelling, or "": nothing is asked for, several
   * protocols are, one that is not known here, or in a way that two readers could understand
   * differently. A request with a body is never an upgrade, for nobody could tell where the tunnel
   * begins.
   */
  public static String protocol(Request request) {
    String asked = request.headers().first("upgrade");
    if (asked == null || request.headers().all("upgrade").size() != 1 || !fits(request)) {
      return "";
    }
    String protocol = asked.strip();
    if (protocol.equalsIgnoreCase(WEBSOCKET)) {
      return WEBSOCKET;
    }
    return protocol.equalsIgnoreCase(SPDY) ? SPDY : "";
  }

  private static boolean fits(Request request) {
    return !request.connection().http2()
        && (request.method().equals("GET") || request.method().equals("POST"))
        && request.body().declaredLength() == 0
        && named(request.headers().all("connection"));
  }

  private static boolean named(List<String> lists) {
    for (String list : lists) {
      for (int from = 0; from <= list.length(); ) {
        int comma = list.indexOf(',', from);
        int end = comma < 0 ? list.length() : comma;
        if (list.substring(from, end).strip().equalsIgnoreCase("upgrade")) {
          return true;
        }
        from = end + 1;
      }
    }
    return false;
  }
}
