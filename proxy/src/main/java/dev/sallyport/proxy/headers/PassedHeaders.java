package dev.sallyport.proxy.headers;

import java.util.Locale;
import java.util.Set;

/**
 * Which of a client's headers a backend may see. Credentials, identities and addresses are ours to
 * tell, and a method or path beside the one that was authorized is nobody's; a backend that reads
 * {@code X_Remote_User} as {@code X-Remote-User} shall find neither.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, hop-by-hop</a>
 */
final class PassedHeaders {

  private static final Set<String> DROPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "forwarded",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  private PassedHeaders() {}

  static boolean passes(String name) {
    if (harmless(name)) {
      return true;
    }
    String folded = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return !DROPPED.contains(folded)
        && !folded.startsWith("x-remote-")
        && !folded.startsWith("x-forwarded-")
        && !folded.startsWith("impersonate-");
  }

  /** The common ones, without folding them. */
  private static boolean harmless(String name) {
    return switch (name) {
      case "accept",
          "Accept",
          "user-agent",
          "User-Agent",
          "content-type",
          "Content-Type",
          "accept-encoding",
          "Accept-Encoding" ->
          true;
      default -> false;
    };
  }
}
