package dev.sallyport.server.chain;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-decoding as RFC 3986 has it, once, to UTF-8. */
public final class PercentCoding {

  private PercentCoding() {}

  /** A path or one of its segments decoded; null when an escape is broken. A plus stays a plus. */
  public static @Nullable String decodePath(String encoded) {
    return encoded.indexOf('%') < 0 ? encoded : decode(encoded, 0, encoded.length(), false);
  }

  /** A query's key or value between two offsets; null when an escape is broken. */
  static @Nullable String decodeQuery(String encoded, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = encoded.charAt(i);
      if (c == '%' || c == '+') {
        return decode(encoded, from, to, true);
      }
    }
    return encoded.substring(from, to);
  }

  private static @Nullable String decode(String encoded, int from, int to, boolean plusIsSpace) {
    byte[] bytes = new byte[(to - from) * 3];
    int length = 0;
    int i = from;
    while (i < to) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int value = i + 2 < to ? hex(encoded.charAt(i + 1), encoded.charAt(i + 2)) : -1;
        if (value < 0) {
          return null;
        }
        bytes[length++] = (byte) value;
        i += 3;
      } else if (c < 0x80) {
        bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
        i++;
      } else {
        int next = encoded.offsetByCodePoints(i, 1);
        byte[] raw = encoded.substring(i, next).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
        i = next;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(char high, char low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 || high > 'f' || low > 'f' ? -1 : h * 16 + l;
  }
}
