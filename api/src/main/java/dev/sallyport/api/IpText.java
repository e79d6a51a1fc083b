package dev.sallyport.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses and networks as texts. Scanned here, for the JDK's parser takes names and short
 * forms too and may ask a name server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4291#section-2.2">RFC 4291, section 2.2</a>
 */
public final class IpText {

  private IpText() {}

  /** An address as it is written: RFC 5952 for those of sixteen octets. */
  public static String text(byte[] octets) {
    StringBuilder text = new StringBuilder(39);
    if (octets.length == 4) {
      for (int i = 0; i < 4; i++) {
        text.append(i == 0 ? "" : ".").append(octets[i] & 0xff);
      }
      return text.toString();
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | octets[2 * i + 1] & 0xff;
    }
    int[] gap = longestGap(groups);
    for (int i = 0; i < 8; i++) {
      if (i == gap[0]) {
        text.append("::");
        i += gap[1] - 1;
      } else {
        boolean follows = i > 0 && i != gap[0] + gap[1];
        text.append(follows ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** Where the longest run of zero groups begins, and how long it is; -1 and 0 for none of two. */
  private static int[] longestGap(int[] groups) {
    int[] longest = {-1, 0};
    int run = 0;
    for (int i = 0; i < groups.length; i++) {
      run = groups[i] == 0 ? run + 1 : 0;
      if (run > 1 && run > longest[1]) {
        longest = new int[] {i - run + 1, run};
      }
    }
    return longest;
  }

  /** Whether the text is an address of the fourth version. */
  public static boolean isFour(String text) {
    byte[] octets = octets(text);
    return octets != null && octets.length == 4;
  }

  /** Whether the text is an address of the sixth version. */
  public static boolean isSixteen(String text) {
    byte[] octets = octets(text);
    return octets != null && octets.length == 16;
  }

  /** The bits of a network's prefix, or -1 when the text is no network. */
  public static int prefixLength(String text) {
    int slash = text.indexOf('/');
    byte[] octets = slash < 0 ? null : octets(text.substring(0, slash));
    if (octets == null) {
      return -1;
    }
    int bits = decimal(text, slash + 1, text.length(), 3);
    return bits > octets.length * 8 ? -1 : bits;
  }

  /** The octets of an address, 4 or 16, or null when the text is none. */
  public static byte @Nullable [] octets(String text) {
    return text.indexOf(':') < 0 ? four(text, 0, text.length()) : sixteen(text);
  }

  private static byte @Nullable [] four(String text, int from, int to) {
    byte[] octets = new byte[4];
    int start = from;
    for (int i = 0; i < 4; i++) {
      int dot = text.indexOf('.', start);
      int end = i == 3 ? to : dot;
      int value = end < 0 || end > to ? -1 : decimal(text, start, end, 3);
      if (value < 0 || value > 255) {
        return null;
      }
      octets[i] = (byte) value;
      start = end + 1;
    }
    return octets;
  }

  /** A decimal number without leading zeros, or -1. */
  private static int decimal(String text, int from, int to, int mostDigits) {
    if (from >= to || to - from > mostDigits || (to - from > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private static byte @Nullable [] sixteen(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] whole = groups(text, true);
      return whole != null && whole.length == 16 ? whole : null;
    }
    byte[] head = groups(text.substring(0, gap), false);
    byte[] tail = groups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length > 14) {
      return null;
    }
    byte[] octets = new byte[16];
    System.arraycopy(head, 0, octets, 0, head.length);
    System.arraycopy(tail, 0, octets, 16 - tail.length, tail.length);
    return octets;
  }

  /**
   * Groups of hexadecimal digits between colons.
   *
   * @param end whether the address ends with them: then the last may be an address of four octets
   */
  private static byte @Nullable [] groups(String text, boolean end) {
    byte[] octets = new byte[16];
    int at = 0;
    int start = 0;
    while (start < text.length()) {
      int colon = text.indexOf(':', start);
      int stop = colon < 0 ? text.length() : colon;
      boolean dotted = end && colon < 0 && text.indexOf('.', start) >= 0;
      byte[] group = dotted ? four(text, start, stop) : hex(text, start, stop);
      boolean dangling = colon == text.length() - 1;
      if (group == null || dangling || at + group.length > 16) {
        return null;
      }
      System.arraycopy(group, 0, octets, at, group.length);
      at += group.length;
      start = stop + 1;
    }
    return Arrays.copyOf(octets, at);
  }

  private static byte @Nullable [] hex(String text, int from, int to) {
    if (from == to || to - from > 4) {
      return null;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return null;
      }
      value = value << 4 | digit;
    }
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
