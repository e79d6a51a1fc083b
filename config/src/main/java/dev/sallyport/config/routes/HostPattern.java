package dev.sallyport.config.routes;

/** A host's name, or {@code *.} and a name. */
final class HostPattern {

  private HostPattern() {}

  /**
   * @param host in lower case
   */
  static boolean wellFormed(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.chars().allMatch(c -> "[]:.".indexOf(c) >= 0 || Character.digit(c, 16) >= 0);
    }
    String name = host.startsWith("*.") ? host.substring(2) : host;
    char previous = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
      if (!plain && (c != '.' || previous == '.')) {
        return false;
      }
      previous = c;
    }
    return previous != '.' && name.length() <= 253;
  }
}
