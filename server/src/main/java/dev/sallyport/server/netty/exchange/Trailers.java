package dev.sallyport.server.netty.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields behind a body are passed on, in either direction. Nobody may say there what had to
 * be known before: who asks, how the message is framed, where it goes and how its body is to be
 * read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1">RFC 9110, limitations on use
 *     of trailers</a>
 */
public final class Trailers {

  private static final Set<String> DROPPED =
      Set.of(
          "authorization",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "authentication-info",
          "proxy-authentication-info",
          "cookie",
          "set-cookie",
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "cache-control",
          "content-encoding",
          "content-range",
          "content-type",
          "date",
          "expect",
          "forwarded",
          "location",
          "max-forwards",
          "range",
          "via",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  private Trailers() {}

  /**
   * Those that may be passed on.
   *
   * @param fields names and values side by side
   * @return the same with names in lower case
   */
  public static List<String> passed(List<String> fields) {
    if (fields.isEmpty()) {
      return List.of();
    }
    List<String> passed = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i).toLowerCase(Locale.ROOT);
      if (passes(name)) {
        passed.add(name);
        passed.add(fields.get(i + 1));
      }
    }
    return passed;
  }

  /** There are readers who take an underscore for a hyphen. */
  private static boolean passes(String name) {
    String folded = name.replace('_', '-');
    return !folded.isEmpty()
        && folded.charAt(0) != ':'
        && !DROPPED.contains(folded)
        && !folded.startsWith("x-remote-")
        && !folded.startsWith("x-forwarded-")
        && !folded.startsWith("impersonate-");
  }
}
