package dev.sallyport.config.routes;

/** A path that two readers cannot understand differently: whole plain segments. */
final class PathPrefix {

  private static final String MARKS = "-._~!$&'()*+,=:@";

  private PathPrefix() {}

  static boolean wellFormed(String prefix) {
    if (!prefix.startsWith("/")) {
      return false;
    }
    int start = 1;
    while (start < prefix.length()) {
      int end = prefix.indexOf('/', start);
      end = end < 0 ? prefix.length() : end;
      if (!segment(prefix.substring(start, end))) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean segment(String text) {
    return !text.isEmpty()
        && !text.equals(".")
        && !text.equals("..")
        && text.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || MARKS.indexOf(c) >= 0);
  }
}
