package dev.sallyport.server.filter.route;

import dev.sallyport.server.http.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host by their prefix, a node for each segment. Found without a new object.
 *
 * <p>Segments are compared decoded, so that {@code /%61dmin} cannot slip past the route of {@code
 * /admin} to one with a more lenient judge; what stands behind a semicolon does not count, since
 * some servers drop it. A slash counts only when it was sent as one; paths with {@code %2f}, dots
 * or empty segments are matched by what stands before those, and served by nobody afterwards.
 */
final class PathTree {

  private final String[] segments;
  private final PathTree[] below;
  private final Candidate[] here;

  private PathTree(String[] segments, PathTree[] below, Candidate[] here) {
    this.segments = segments;
    this.below = below;
    this.here = here;
  }

  /** Collects candidates, in the file's order. */
  static final class Builder {
    private final Map<String, Builder> below = new TreeMap<>();
    private final List<Candidate> here = new ArrayList<>();

    void add(Candidate candidate) {
      Builder at = this;
      String prefix = candidate.match().pathPrefix();
      int start = 1;
      while (start < prefix.length()) {
        int end = endOf(prefix, start);
        at = at.below.computeIfAbsent(prefix.substring(start, end), name -> new Builder());
        start = end + 1;
      }
      at.here.add(candidate);
    }

    PathTree build() {
      // Stable: routes with as many headers keep the file's order.
      here.sort(
          Comparator.comparingInt((Candidate each) -> each.match().headers().size()).reversed());
      return new PathTree(
          below.keySet().toArray(String[]::new),
          below.values().stream().map(Builder::build).toArray(PathTree[]::new),
          here.toArray(Candidate[]::new));
    }
  }

  /**
   * The route with the longest prefix that fits; null for none.
   *
   * @param at where the path goes on: a slash or its end
   */
  @Nullable Candidate find(Request request, int at) {
    String path = request.path();
    if (segments.length > 0 && at < path.length()) {
      int end = endOf(path, at + 1);
      PathTree next = next(path, at + 1, end);
      Candidate found = next == null ? null : next.find(request, end);
      if (found != null) {
        return found;
      }
    }
    return among(request);
  }

  private @Nullable Candidate among(Request request) {
    boolean misdirected = false;
    for (Candidate each : here) {
      if (!each.fits(request)) {
        continue;
      }
      if (!each.serves(request.connection().serverName())) {
        misdirected |= each.namesHost();
      } else if (!misdirected || each.namesServer()) {
        return each;
      }
    }
    return misdirected ? Candidate.MISDIRECTED : null;
  }

  private @Nullable PathTree next(String path, int start, int end) {
    int low = 0;
    int high = segments.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(path, start, end, segments[middle]);
      if (order == 0) {
        return below[middle];
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }

  private static int endOf(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  /** Where a prefix that fits ends in a path: behind as many segments. */
  static int endOfPrefix(String path, String prefix) {
    int at = 0;
    for (int i = 0; i < prefix.length(); i++) {
      at = prefix.charAt(i) == '/' ? endOf(path, at + 1) : at;
    }
    return at;
  }

  /**
   * Parameters end a segment here too, or it would be looked for among {@code a-b} and not {@code
   * a}.
   */
  private static int compare(String path, int start, int end, String segment) {
    int at = start;
    for (int i = 0; i < segment.length(); i++) {
      if (at >= end || character(path, at, end) == ';') {
        return -1;
      }
      int order = character(path, at, end) - segment.charAt(i);
      if (order != 0) {
        return order;
      }
      at += width(path, at, end);
    }
    return at < end && character(path, at, end) != ';' ? 1 : 0;
  }

  private static int character(String path, int at, int end) {
    return width(path, at, end) == 3 ? escaped(path, at) : path.charAt(at);
  }

  /** How many characters stand for the next one: three for an escape. */
  private static int width(String path, int at, int end) {
    return path.charAt(at) == '%' && at + 2 < end && escaped(path, at) >= 0 ? 3 : 1;
  }

  private static int escaped(String path, int at) {
    int high = hex(path.charAt(at + 1));
    int low = hex(path.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
