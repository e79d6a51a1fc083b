package dev.sallyport.expressions.functions;

import dev.sallyport.api.IpText;
import org.jspecify.annotations.Nullable;

/**
 * A network: an address and how many of its first bits are the network's.
 *
 * @param ip as it was written, its other bits included
 */
record Cidr(Ip ip, int bits) {

  /** Null for a text that is none. */
  static @Nullable Cidr of(String text) {
    int bits = IpText.prefixLength(text);
    Ip ip = bits < 0 ? null : Ip.of(text.substring(0, text.indexOf('/')));
    return ip == null ? null : new Cidr(ip, bits);
  }

  Cidr masked() {
    return new Cidr(ip.masked(bits), bits);
  }

  boolean contains(Ip other) {
    return other.isFour() == ip.isFour() && other.masked(bits).equals(ip.masked(bits));
  }

  boolean contains(Cidr other) {
    return other.bits >= bits && contains(other.ip);
  }

  @Override
  public String toString() {
    return ip + "/" + bits;
  }
}
