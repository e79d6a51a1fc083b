package dev.sallyport.config.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path with named segments: {@code /tenants/{namespace}/jobs/{name}}. A template that ends with
 * {@code /**} covers everything below. Immutable.
 *
 * @param segments texts as they stand, and names in braces
 * @param below whether more segments may follow
 */
public record PathTemplate(List<String> segments, boolean below) {

  private static final String REST = "/**";

  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("expected a path that begins with /");
    }
    boolean below = text.endsWith(REST);
    String path = below ? text.substring(0, text.length() - REST.length()) : text;
    List<String> segments = path.isEmpty() ? List.of() : split(path);
    List<String> names = new ArrayList<>();
    for (String segment : segments) {
      boolean braces = segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0;
      if (braces && !(named(segment) && name(inner(segment)))) {
        throw new IllegalArgumentException(
            "expected whole segments in braces: /tenants/{namespace}");
      }
      if (braces && names.contains(segment)) {
        throw new IllegalArgumentException("names " + segment + " twice");
      }
      names.add(segment);
    }
    return new PathTemplate(segments, below);
  }

  /** Whether it is a segment's name: letters, digits and underscores. */
  static boolean name(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9' && i > 0;
      if (!fits) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The names in braces. */
  public List<String> names() {
    return segments.stream().filter(PathTemplate::named).map(PathTemplate::inner).toList();
  }

  /**
   * The named segments of a path, or null when it is another path.
   *
   * @param path begins with a slash, percent-decoded
   */
  public @Nullable Map<String, String> match(String path) {
    List<String> given = path.equals("/") ? List.of() : split(path);
    if (given.size() < segments.size() || (given.size() > segments.size() && !below)) {
      return null;
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String wanted = segments.get(i);
      String segment = given.get(i);
      if (!named(wanted)) {
        if (!wanted.equals(segment)) {
          return null;
        }
      } else if (segment.isEmpty()) {
        return null;
      } else {
        found.put(inner(wanted), segment);
      }
    }
    return found;
  }

  private static boolean named(String segment) {
    return segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}");
  }

  private static String inner(String segment) {
    return segment.substring(1, segment.length() - 1);
  }

  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    int at = 1;
    while (true) {
      int slash = path.indexOf('/', at);
      parts.add(path.substring(at, slash < 0 ? path.length() : slash));
      if (slash < 0) {
        return parts;
      }
      at = slash + 1;
    }
  }
}
