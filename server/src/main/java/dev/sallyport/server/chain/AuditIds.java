package dev.sallyport.server.chain;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ids requests are told apart by: the client's own {@code Audit-ID} where it is harmless, else
 * a random UUID. They are no secrets, so a fast source makes them.
 */
final class AuditIds {

  private static final int LONGEST = 64;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private AuditIds() {}

  static String of(@Nullable String sent) {
    return sent != null && harmless(sent) ? sent : random();
  }

  /** What may be echoed in a header and written to a log line as it is. */
  private static boolean harmless(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    byte[] text = new byte[36];
    hex(text, 0, high >>> 32, 8);
    text[8] = '-';
    hex(text, 9, high >>> 16, 4);
    text[13] = '-';
    hex(text, 14, high, 4);
    text[18] = '-';
    hex(text, 19, low >>> 48, 4);
    text[23] = '-';
    hex(text, 24, low, 12);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void hex(byte[] text, int offset, long value, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      text[offset + i] = HEX[(int) (value & 0xf)];
      value >>>= 4;
    }
  }
}
