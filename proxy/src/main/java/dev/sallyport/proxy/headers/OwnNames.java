package dev.sallyport.proxy.headers;

/** Compares header names as a backend may that takes an underscore for a hyphen. */
final class OwnNames {

  private OwnNames() {}

  static boolean same(String own, String sent) {
    return own.length() == sent.length() && begins(own, sent);
  }

  /** Whether what was sent begins so. */
  static boolean begins(String own, String sent) {
    if (own.isEmpty() || sent.length() < own.length()) {
      return false;
    }
    for (int i = 0; i < own.length(); i++) {
      if (folded(own.charAt(i)) != folded(sent.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char folded(char c) {
    if (c == '_') {
      return '-';
    }
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
