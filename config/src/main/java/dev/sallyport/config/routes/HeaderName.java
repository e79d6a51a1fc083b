package dev.sallyport.config.routes;

import java.util.Locale;
import java.util.Set;

/** Which header names an identity may stand in. */
public final class HeaderName {

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  /** Those that frame a message or steer its way. */
  private static final Set<String> TAKEN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private HeaderName() {}

  /** Whether it is "" or a token that no other header of a proxied request has. */
  public static boolean valid(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !TAKEN.contains(name.toLowerCase(Locale.ROOT));
  }
}
