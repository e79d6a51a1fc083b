package dev.sallyport.audit.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON in the making, as UTF-8. Strings are escaped so that each stays on its line and no terminal
 * or page obeys it, whatever a client sent. For one thread.
 */
public final class JsonBuffer {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] PLAIN = plain();
  private static final int KEPT = 1 << 20;
  private static final int REPLACEMENT = 0xfffd;

  private byte[] bytes = new byte[16 << 10];
  private int length;

  /** Which ASCII stands for itself. */
  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    Arrays.fill(plain, ' ', 127, true);
    for (char c : "\"\\<>&".toCharArray()) {
      plain[c] = false;
    }
    return plain;
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Forgets what stands behind a position. */
  public void cut(int position) {
    length = position;
  }

  /** Empties it, and gives memory back that a large object needed. */
  public void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[16 << 10];
    }
  }

  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  /** Adds ASCII as it is. */
  @SuppressWarnings("deprecation") // the only copy of Latin-1 text that makes no array in between
  public JsonBuffer raw(String ascii) {
    int size = ascii.length();
    reserve(size);
    ascii.getBytes(0, size, bytes, length);
    length += size;
    return this;
  }

  public JsonBuffer raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Adds JSON of our own making, on one line: a line's end in it can only be white space. */
  public JsonBuffer json(byte[] json) {
    reserve(json.length);
    for (byte b : json) {
      bytes[length++] = b == '\n' || b == '\r' ? (byte) ' ' : b;
    }
    return this;
  }

  public JsonBuffer number(long value) {
    return raw(Long.toString(value));
  }

  /** Adds a string with its quotes. */
  @SuppressWarnings("deprecation") // see raw
  public JsonBuffer string(String text) {
    int size = text.length();
    reserve(size * 6 + 2);
    bytes[length++] = '"';
    int plain = 0;
    while (plain < size && text.charAt(plain) < PLAIN.length && PLAIN[text.charAt(plain)]) {
      plain++;
    }
    text.getBytes(0, plain, bytes, length);
    length += plain;
    for (int i = plain; i < size; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += beyondAscii(text, i);
      } else if (!PLAIN[c]) {
        escaped(c);
      } else {
        bytes[length++] = (byte) c;
      }
    }
    bytes[length++] = '"';
    return this;
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> two(c);
      case '\n' -> two('n');
      case '\r' -> two('r');
      case '\t' -> two('t');
      default -> hex(c);
    }
  }

  private void two(char c) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) c;
  }

  private void hex(int c) {
    two('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  /** Adds the character at i; answers how many more chars than one it took. */
  private int beyondAscii(String text, int i) {
    int point = text.codePointAt(i);
    boolean pair = point > 0xffff;
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      utf8(REPLACEMENT);
    } else if (steers(point)) {
      hex(point);
    } else {
      utf8(point);
    }
    return pair ? 1 : 0;
  }

  /** Ends a line for some readers, or changes the direction of what follows. */
  private static boolean steers(int point) {
    return point < 0xa0
        || (point >= 0x200e && point <= 0x200f)
        || (point >= 0x2028 && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069)
        || point == 0xfeff;
  }

  private void utf8(int point) {
    if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | point >> 6);
    } else if (point < 0x10000) {
      bytes[length++] = (byte) (0xe0 | point >> 12);
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
    } else {
      bytes[length++] = (byte) (0xf0 | point >> 18);
      bytes[length++] = (byte) (0x80 | point >> 12 & 0x3f);
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
    }
    bytes[length++] = (byte) (0x80 | point & 0x3f);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
