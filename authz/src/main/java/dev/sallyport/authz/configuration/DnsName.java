package dev.sallyport.authz.configuration;

/** Names as RFC 1123 has them, in lower case. */
final class DnsName {

  private static final int LONGEST = 253;

  private DnsName() {}

  static boolean isSubdomain(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    boolean inside = false; // behind a letter or digit of the same label
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean solid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!solid && !inside && (c != '-' || i == 0 || name.charAt(i - 1) == '.')) {
        return false;
      }
      if (!solid && c != '-' && c != '.') {
        return false;
      }
      inside = solid;
    }
    return inside;
  }
}
