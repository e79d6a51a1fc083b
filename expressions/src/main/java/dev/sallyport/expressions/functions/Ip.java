package dev.sallyport.expressions.functions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IP address; nothing is looked up. IPv4 addresses inside of IPv6 ones are refused. */
final class Ip {
  private final byte[] bytes;

  Ip(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Null for a text that is none. */
  static @Nullable Ip of(String text) {
    byte[] bytes = text.indexOf(':') < 0 ? four(text) : sixteen(text);
    return bytes == null ? null : new Ip(bytes);
  }

  private static byte @Nullable [] four(String text) {
    byte[] bytes = new byte[4];
    int start = 0;
    for (int i = 0; i < 4; i++) {
      int dot = text.indexOf('.', start);
      int end = i == 3 ? text.length() : dot;
      int value = end < 0 || (i == 3 && dot >= 0) ? -1 : octet(text, start, end);
      if (value < 0) {
        return null;
      }
      bytes[i] = (byte) value;
      start = end + 1;
    }
    return bytes;
  }

  private static int octet(String text, int start, int end) {
    if (end - start < 1 || end - start > 3 || (end - start > 1 && text.charAt(start) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value < 256 ? value : -1;
  }

  private static byte @Nullable [] sixteen(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && (Character.digit(c, 16) < 0 || c > 'f')) {
        return null;
      }
    }
    try {
      // Of these characters alone it is a literal or no address at all: no name is asked for.
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return bytes.length == 16 ? bytes : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean isFour() {
    return bytes.length == 4;
  }

  InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the bits behind the first ones cleared. */
  Ip masked(int bits) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - i * 8));
      masked[i] &= (byte) (0xff << (8 - kept));
    }
    return new Ip(masked);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ip ip && Arrays.equals(bytes, ip.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The canonical text: the longest run of zeros shortened, lower case. */
  @Override
  public String toString() {
    if (isFour()) {
      return (bytes[0] & 0xff)
          + "."
          + (bytes[1] & 0xff)
          + "."
          + (bytes[2] & 0xff)
          + "."
          + (bytes[3] & 0xff);
    }
    int longest = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && group(end) == 0) {
        end++;
      }
      if (end - i > length) {
        longest = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == longest) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(i == 0 || text.toString().endsWith(":") ? "" : ":");
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    return (bytes[index * 2] & 0xff) << 8 | (bytes[index * 2 + 1] & 0xff);
  }
}
