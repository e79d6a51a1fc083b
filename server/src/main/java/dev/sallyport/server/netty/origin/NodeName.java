package dev.sallyport.server.netty.origin;

import dev.sallyport.config.NumericAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** How proxies name a node (RFC 7239, section 6). */
final class NodeName {

  private static final int LONGEST = 64;

  private NodeName() {}

  /**
   * The address of {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1} or {@code
   * [2001:db8::1]:80}; null for {@code unknown}, made-up names and everything else.
   */
  static @Nullable InetAddress address(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return null;
    }
    int close = name.indexOf(']');
    int colon = name.indexOf(':');
    String host = name;
    String port = "";
    if (name.charAt(0) == '[') {
      if (close < 0 || name.indexOf(':') < 0) {
        return null;
      }
      host = name.substring(1, close);
      port = name.substring(close + 1);
    } else if (colon >= 0 && colon == name.lastIndexOf(':')) {
      host = name.substring(0, colon);
      port = name.substring(colon);
    }
    return port(port) ? NumericAddress.parse(host).orElse(null) : null;
  }

  /** Nothing, or a colon with a port or a made-up name for one behind it. */
  private static boolean port(String text) {
    if (text.isEmpty()) {
      return true;
    }
    boolean sound = text.length() > 1 && text.charAt(0) == ':';
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean mark = c == '.' || c == '_' || c == '-';
      sound &= c >= '0' && c <= '9' || text.charAt(1) == '_' && (letter || mark);
    }
    return sound;
  }
}
