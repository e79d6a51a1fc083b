package dev.sallyport.authn.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * The rules for keys of a user's extra: a domain that is one's own, a slash and a path, in lower
 * case.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/#apiserver-config-k8s-io-v1-ExtraMapping">ExtraMapping</a>
 */
final class ExtraKey {
  private static final String PATH_SIGNS = "/-._~%!$&'()*+,;=:";

  private ExtraKey() {}

  /** What would have been right; empty if the key is. */
  static Optional<String> expected(String key) {
    int slash = key.indexOf('/');
    if (slash < 1 || !isDomain(key.substring(0, slash)) || !isPath(key.substring(slash + 1))) {
      return Optional.of("domain/path, such as example.org/team");
    }
    if (!key.equals(key.toLowerCase(Locale.ROOT))) {
      return Optional.of("lower case");
    }
    String domain = "." + key.substring(0, slash);
    return domain.endsWith(".k8s.io") || domain.endsWith(".kubernetes.io")
        ? Optional.of("a domain of your own; k8s.io and kubernetes.io are reserved")
        : Optional.empty();
  }

  /** Labels of letters, digits and inner hyphens (RFC 1123, 2.1). */
  private static boolean isDomain(String domain) {
    if (domain.length() > 253) {
      return false;
    }
    char last = '.';
    for (int i = 0; i < domain.length(); i++) {
      char c = domain.charAt(i);
      boolean edge = last == '.' || i + 1 == domain.length() || domain.charAt(i + 1) == '.';
      if (!isWord(c) && (edge || c != '-') && (c != '.' || last == '.' || last == '-')) {
        return false;
      }
      last = c;
    }
    return last != '.';
  }

  private static boolean isPath(String path) {
    return !path.isEmpty() && path.chars().allMatch(c -> isWord((char) c) || sign((char) c));
  }

  private static boolean sign(char c) {
    return PATH_SIGNS.indexOf(c) >= 0;
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
