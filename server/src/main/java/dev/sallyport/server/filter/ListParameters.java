package dev.sallyport.server.filter;

import dev.sallyport.server.chain.Query;

/**
 * The parameters of a collection's GET that change what is asked for.
 *
 * @param watch whether it is a watch
 * @param name the one object's name that the field selector allows, or ""
 */
record ListParameters(boolean watch, String name) {

  private static final ListParameters LIST = new ListParameters(false, "");
  private static final ListParameters WATCH = new ListParameters(true, "");

  static ListParameters of(Query query) {
    if (query.isEmpty()) {
      return LIST;
    }
    boolean watch = query.flag("watch");
    String selector = query.text("fieldSelector");
    // With any parameter unreadable kube-apiserver believes none of them but watch.
    if (selector.isEmpty() || !numeric(query, "limit") || !numeric(query, "timeoutSeconds")) {
      return watch ? WATCH : LIST;
    }
    return new ListParameters(watch, exactName(selector));
  }

  private static boolean numeric(Query query, String name) {
    String value = query.text(name);
    if (value.isEmpty()) {
      return true;
    }
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The value of the first term metadata.name= or ==, if it can be a path segment. */
  private static String exactName(String selector) {
    String name = "";
    int start = 0;
    while (start < selector.length()) {
      int end = termEnd(selector, start);
      int operator = operator(selector, start, end);
      if (operator < 0) {
        return ""; // not a selector at all
      }
      boolean negated = selector.charAt(operator) == '!';
      int value = operator + 1;
      if (value < end && selector.charAt(value) == '=') {
        value++;
      }
      if (name.isEmpty()
          && !negated
          && selector.substring(start, operator).equals("metadata.name")) {
        name = unescape(selector.substring(value, end));
      }
      start = end + 1;
    }
    return segment(name) ? name : "";
  }

  private static int termEnd(String selector, int start) {
    for (int i = start; i < selector.length(); i++) {
      char c = selector.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ',') {
        return i;
      }
    }
    return selector.length();
  }

  /** Where =, == or != begins; -1 without one. */
  private static int operator(String selector, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = selector.charAt(i);
      if (c == '=' || (c == '!' && i + 1 < end && selector.charAt(i + 1) == '=')) {
        return i;
      }
    }
    return -1;
  }

  private static String unescape(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      plain.append(c == '\\' && i + 1 < value.length() ? value.charAt(++i) : c);
    }
    return plain.toString();
  }

  private static boolean segment(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('%') < 0;
  }
}
