package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;

/** Names of upstreams and routes, which become labels of metrics and parts of messages. */
final class Names {

  private static final int LONGEST = 253;

  private Names() {}

  /** The field {@code name}, which must be there. */
  static String read(Fields fields) {
    String name = fields.text("name");
    if (!wellFormed(name)) {
      fields.fault(
          "name",
          (name.isEmpty() ? "missing" : "\"" + name + "\"")
              + " (expected: letters, digits and . _ - of at most 253 characters)");
    }
    return name;
  }

  static boolean wellFormed(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (!plain(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean plain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
