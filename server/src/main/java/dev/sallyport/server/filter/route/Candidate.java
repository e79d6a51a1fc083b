package dev.sallyport.server.filter.route;

import dev.sallyport.config.routes.HeaderMatch;
import dev.sallyport.config.routes.RouteMatch;
import dev.sallyport.server.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route whose host and path fit already.
 *
 * @param entry null only for {@link #MISDIRECTED}
 * @param headers what must stand in the request
 */
record Candidate(@Nullable RouteEntry entry, RouteMatch match, VisibleHeaders headers) {

  /** The host's route wants to be asked for in the handshake, and another name was. */
  static final Candidate MISDIRECTED =
      new Candidate(null, RouteMatch.ALL, new VisibleHeaders((name, value) -> value));

  /** Whether everything fits but the handshake's server name. */
  boolean fits(Request request) {
    List<String> methods = match.methods();
    if (!methods.isEmpty() && !methods.contains(request.method())) {
      return false;
    }
    List<HeaderMatch> wanted = match.headers();
    for (int i = 0; i < wanted.size(); i++) {
      if (!headers.match(request, wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean namesServer() {
    return !match.serverNames().isEmpty();
  }

  boolean namesHost() {
    return !match.hosts().isEmpty();
  }

  /**
   * @param name of the handshake; "" for none
   */
  boolean serves(String name) {
    List<String> names = match.serverNames();
    for (int i = 0; i < names.size(); i++) {
      if (fits(names.get(i), name)) {
        return true;
      }
    }
    return names.isEmpty();
  }

  private static boolean fits(String pattern, String name) {
    return pattern.startsWith("*.")
        ? name.length() >= pattern.length() && name.endsWith(pattern.substring(1))
        : pattern.equals(name);
  }
}
