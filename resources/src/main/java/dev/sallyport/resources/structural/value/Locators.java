package dev.sallyport.resources.structural.value;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of the web, of mail and of network cards. Nothing is looked up. */
final class Locators {

  private Locators() {}

  /** An absolute URI, or a path from the root. */
  static boolean isUri(String text) {
    if (text.isEmpty()) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() || text.charAt(0) == '/';
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A bare address, or one behind a name: {@code A <a@b.c>}. */
  static boolean isEmail(String text) {
    String address = text.strip();
    int open = address.lastIndexOf('<');
    if (address.endsWith(">") && open >= 0) {
      address = address.substring(open + 1, address.length() - 1);
    }
    int at = address.lastIndexOf('@');
    if (at <= 0 || at == address.length() - 1) {
      return false;
    }
    String local = address.substring(0, at);
    boolean quoted = local.length() > 1 && local.startsWith("\"") && local.endsWith("\"");
    return (quoted || isDotted(local)) && isDotted(address.substring(at + 1));
  }

  /** Atoms of printable characters with single dots between them. */
  private static boolean isDotted(String text) {
    boolean afterDot = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (afterDot) {
          return false;
        }
        afterDot = true;
      } else if (c <= ' ' || c == 0x7f || "()<>[]:;@\\,\"".indexOf(c) >= 0) {
        return false;
      } else {
        afterDot = false;
      }
    }
    return !afterDot;
  }

  /** 6, 8 or 20 bytes in hexadecimal, in pairs by colons or dashes or in fours by dots. */
  static boolean isMac(String text) {
    if (text.length() < 14) {
      return false;
    }
    boolean dotted = text.charAt(4) == '.';
    int group = dotted ? 4 : 2;
    char separator = text.charAt(group);
    if (!dotted && separator != ':' && separator != '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean between = i % (group + 1) == group;
      if (between ? c != separator : Character.digit(c, 16) < 0 || c > 'f') {
        return false;
      }
    }
    int bytes = (text.length() + 1) / (group + 1) * (group / 2);
    return (text.length() + 1) % (group + 1) == 0 && (bytes == 6 || bytes == 8 || bytes == 20);
  }
}
