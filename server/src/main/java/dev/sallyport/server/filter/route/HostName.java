package dev.sallyport.server.filter.route;

/** The name in an authority (RFC 9110, section 7.2), in the one form that routes are found by. */
final class HostName {

  private HostName() {}

  /** Without port and final dot, in lower case; the same string when it is so already. */
  static String of(String authority) {
    int end = end(authority);
    if (end > 0 && authority.charAt(end - 1) == '.') {
      end--;
    }
    String name = end == authority.length() ? authority : authority.substring(0, end);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return lower(name);
      }
    }
    return name;
  }

  private static int end(String authority) {
    int from = authority.startsWith("[") ? Math.max(authority.indexOf(']'), 0) : 0;
    int colon = authority.indexOf(':', from);
    return colon < 0 ? authority.length() : colon;
  }

  /** Of ASCII alone: no letter of another script may become one of a host's. */
  private static String lower(String name) {
    char[] chars = name.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] >= 'A' && chars[i] <= 'Z') {
        chars[i] += 'a' - 'A';
      }
    }
    return new String(chars);
  }
}
