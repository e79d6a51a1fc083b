package dev.sallyport.expressions.functions;

import dev.sallyport.api.IpText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IP address; nothing is looked up. IPv4 addresses inside of IPv6 ones are refused. */
final class Ip {
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] bytes;

  Ip(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Null for a text that is none. */
  static @Nullable Ip of(String text) {
    byte[] bytes = text.indexOf(':') >= 0 && text.indexOf('.') >= 0 ? null : IpText.octets(text);
    return bytes == null || isFourInSixteen(bytes) ? null : new Ip(bytes);
  }

  private static boolean isFourInSixteen(byte[] bytes) {
    return bytes.length == 16 && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
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
    return IpText.text(bytes);
  }
}
