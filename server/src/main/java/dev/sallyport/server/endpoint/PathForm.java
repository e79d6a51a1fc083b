package dev.sallyport.server.endpoint;

/**
 * Tells paths that two readers could understand differently. They are authorized as they read, but
 * nothing is served under them: no decoded slash, backslash, percent or control byte, no byte that
 * is not ASCII, no empty segment and no dot segment, neither with a parameter behind it ({@code
 * ..;a}), which some servers drop before they look.
 */
final class PathForm {

  private PathForm() {}

  /**
   * @param path as it was sent
   */
  static boolean odd(String path) {
    char previous = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\') {
        return true;
      }
      if (c == '%' && oddEscape(path, i)) {
        return true;
      }
      if (previous == '/' && (c == '/' || c == ';' || (c == '.' && dots(path, i)))) {
        return true;
      }
      previous = c;
    }
    return false;
  }

  private static boolean oddEscape(String path, int at) {
    if (at + 2 >= path.length()) {
      return true;
    }
    int value =
        Character.digit(path.charAt(at + 1), 16) * 16 + Character.digit(path.charAt(at + 2), 16);
    return value < 0x20
        || value >= 0x7f
        || value == '/'
        || value == '\\'
        || value == '%'
        || value == '.'
        || (value == ';' && path.charAt(at - 1) == '/');
  }

  /** Whether the segment that begins here is . or .., alone or before a parameter. */
  private static boolean dots(String path, int start) {
    int next = path.startsWith("..", start) ? start + 2 : start + 1;
    return next == path.length()
        || path.charAt(next) == '/'
        || path.charAt(next) == ';'
        || path.startsWith("%3", next);
  }
}
