package dev.sallyport.server.chain;

import dev.sallyport.config.routes.PathPattern;
import java.util.List;

/**
 * Paths of a route that are not there for anybody, or are open to everybody. Any thread.
 *
 * @param allowed unless empty, what matches none of them is not there
 * @param open what matches one of them passes without any check
 */
public record RoutePaths(List<PathPattern> allowed, List<PathPattern> open) {

  /** Every path is there and judged. */
  public static final RoutePaths JUDGED = new RoutePaths(List.of(), List.of());

  public RoutePaths {
    allowed = List.copyOf(allowed);
    open = List.copyOf(open);
  }

  /** Whether the request's path is there for anybody. */
  public boolean knows(RequestContext context) {
    return allowed.isEmpty() || (plain(context) && matches(allowed, context.info().path()));
  }

  /** Whether the request passes without any check. */
  public boolean opens(RequestContext context) {
    return !open.isEmpty() && plain(context) && matches(open, context.info().path());
  }

  private static boolean matches(List<PathPattern> patterns, String path) {
    for (PathPattern pattern : patterns) {
      if (pattern.matches(path)) {
        return true;
      }
    }
    return false;
  }

  /** Only what every server reads in the same way is let past a pattern. */
  private static boolean plain(RequestContext context) {
    String sent = context.request().path();
    return sent.equals(context.info().path())
        && !sent.contains("//")
        && !sent.contains("/./")
        && !sent.contains("/../")
        && !sent.endsWith("/.")
        && !sent.endsWith("/..")
        && sent.indexOf(';') < 0
        && sent.indexOf('\\') < 0;
  }
}
