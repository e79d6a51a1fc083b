package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Quoted;
import dev.sallyport.resources.validation.Names;
import java.util.List;
import java.util.Map;

/** What constrained impersonation demands of extra keys and values. */
final class ExtraRules {

  private static final String PATH_MARKS = "/-._~%!$&'()*+,;=:";

  private ExtraRules() {}

  /** The first fault, or "". */
  static String fault(Map<String, List<String>> extra) {
    for (Map.Entry<String, List<String>> entry : extra.entrySet()) {
      String key = entry.getKey();
      if (key.isEmpty()) {
        return "impersonating the empty string key in extra is not allowed";
      }
      if (!domainPrefixed(key)) {
        return "impersonating an invalid key in extra is not allowed: extra.key: Invalid value: "
            + Quoted.of(key)
            + ": must be a domain-prefixed path (such as \"acme.io/foo\")";
      }
      if (entry.getValue().contains("")) {
        return "impersonating the empty string value in extra is not allowed";
      }
    }
    return "";
  }

  private static boolean domainPrefixed(String key) {
    int slash = key.indexOf('/');
    if (slash <= 0
        || slash == key.length() - 1
        || !Names.subdomain(key.substring(0, slash)).isEmpty()) {
      return false;
    }
    for (int i = slash + 1; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!plain && PATH_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
