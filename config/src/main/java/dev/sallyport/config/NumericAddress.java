package dev.sallyport.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses written as numbers: nobody is asked for a name. */
public final class NumericAddress {

  private static final int LONGEST = 45;
  private static final int GROUPS = 8;

  private NumericAddress() {}

  /** The address of a text in decimal or hexadecimal form, without brackets, zone and blanks. */
  public static Optional<InetAddress> parse(String text) {
    if (text.length() > LONGEST || !is(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether a text is an IPv4 or IPv6 address. */
  public static boolean is(String text) {
    return text.indexOf(':') < 0 ? v4(text, 0) : v6(text);
  }

  private static boolean v4(String text, int from) {
    int parts = 0;
    int at = from;
    while (at < text.length()) {
      int end = at;
      int value = 0;
      while (end < text.length() && digit(text.charAt(end)) && end - at < 3) {
        value = value * 10 + text.charAt(end) - '0';
        end++;
      }
      boolean last = end == text.length();
      if (end == at || value > 255 || (!last && text.charAt(end) != '.')) {
        return false;
      }
      parts++;
      if (last) {
        return parts == 4;
      }
      at = end + 1;
    }
    return false;
  }

  private static boolean v6(String text) {
    int groups = 0;
    boolean gap = false;
    int at = 0;
    if (text.startsWith("::")) {
      gap = true;
      at = 2;
    }
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && hex(text.charAt(end)) && end - at < 4) {
        end++;
      }
      if (end == at) {
        return false;
      }
      if (end < text.length() && text.charAt(end) == '.') {
        return v4(text, at) && fits(groups + 2, gap);
      }
      groups++;
      at = end;
      if (at < text.length()) {
        if (text.charAt(at) != ':' || at + 1 == text.length()) {
          return false;
        }
        at++;
        if (text.charAt(at) == ':') {
          if (gap) {
            return false;
          }
          gap = true;
          at++;
        }
      }
    }
    return fits(groups, gap);
  }

  private static boolean fits(int groups, boolean gap) {
    return gap ? groups < GROUPS : groups == GROUPS;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean hex(char c) {
    return digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  /** An address without its zone, the longest run of zeros of IPv6 shortened. */
  public static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address.getHostAddress();
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
    }
    return shortened(groups);
  }

  private static String shortened(int[] groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder(40);
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
