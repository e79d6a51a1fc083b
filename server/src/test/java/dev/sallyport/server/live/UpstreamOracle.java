package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What must hold of every request that a backend is sent, whatever the client has sent. */
final class UpstreamOracle {

  /** Credentials, hops, other readings of the request, and who the client says it is. */
  private static final Set<String> NEVER =
      Set.of(
          "authorization",
          "connection",
          "expect",
          "forwarded",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "upgrade",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  private static final List<String> OURS = List.of("x-remote-", "x-forwarded-");

  private UpstreamOracle() {}

  /**
   * Holds a request of a known user against the rules.
   *
   * @param user whose name, and nobody else's, is told
   */
  static void check(StubUpstream.Seen seen, String user) {
    List<String> names = new ArrayList<>();
    for (String line : seen.head().split("\r\n", -1)) {
      assertFalse(line.contains("\r") || line.contains("\n"), seen.head());
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("GET ") && !line.startsWith("POST ")) {
        names.add(line.substring(0, colon).toLowerCase(Locale.ROOT));
      }
    }
    assertEquals(1, count(names, "host"), seen.head());
    assertTrue(
        count(names, "content-length") + count(names, "transfer-encoding") <= 1, seen.head());
    assertEquals(1, count(names, "x-forwarded-for"), seen.head());
    assertEquals(1, count(names, "x-remote-user"), seen.head());
    assertTrue(seen.has("x-remote-user: " + user), seen.head());
    for (String name : names) {
      assertFalse(NEVER.contains(name), name + " in " + seen.head());
      assertFalse(name.startsWith("impersonate-"), seen.head());
      assertFalse(name.indexOf('_') >= 0 && guarded(name), name + " in " + seen.head());
    }
  }

  /** What a reader who takes an underscore for a hyphen would take for ours. */
  private static boolean guarded(String name) {
    String folded = name.replace('_', '-');
    return NEVER.contains(folded)
        || folded.equals("content-length")
        || folded.equals("transfer-encoding")
        || folded.equals("host")
        || OURS.stream().anyMatch(folded::startsWith);
  }

  private static long count(List<String> names, String name) {
    return names.stream().filter(name::equals).count();
  }
}
