package dev.sallyport.authz.rbac;

/** The one kind of pattern paths may be given as: a prefix with stars at its end. */
final class Patterns {

  private Patterns() {}

  static String withoutTrailingStars(String pattern) {
    int end = pattern.length();
    while (end > 0 && pattern.charAt(end - 1) == '*') {
      end--;
    }
    return pattern.substring(0, end);
  }
}
