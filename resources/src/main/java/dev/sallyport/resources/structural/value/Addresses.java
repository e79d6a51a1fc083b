package dev.sallyport.resources.structural.value;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of all kinds. Nothing is looked up. */
final class Addresses {

  private Addresses() {}

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

  static boolean isIpv4(String text) {
    int parts = 0;
    int start = 0;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if (!isOctet(text, start, end)) {
        return false;
      }
      parts++;
      start = end + 1;
    }
    return parts == 4;
  }

  private static boolean isOctet(String text, int start, int end) {
    int length = end - start;
    if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
      return false;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + c - '0';
    }
    return value < 256;
  }

  static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = gap == 0 ? 0 : groupsWithoutIpv4(text.substring(0, gap));
    int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** How many groups of 16 bits there are; below zero when some of it is none. */
  private static int groups(String text) {
    int last = text.lastIndexOf(':');
    if (text.indexOf('.') < 0) {
      return groupsWithoutIpv4(text);
    }
    if (!isIpv4(text.substring(last + 1))) {
      return -1;
    }
    int before = last < 0 ? 0 : groupsWithoutIpv4(text.substring(0, last));
    return before < 0 ? -1 : before + 2;
  }

  private static int groupsWithoutIpv4(String text) {
    int groups = 0;
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ':') {
        if (digits < 1 || digits > 4) {
          return -1;
        }
        groups++;
        digits = 0;
      } else if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return -1;
      } else {
        digits++;
      }
    }
    return groups;
  }

  static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String address = text.substring(0, slash);
    String bits = text.substring(slash + 1);
    int most = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
    return isOctet(bits, 0, bits.length()) && Integer.parseInt(bits) <= most;
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
