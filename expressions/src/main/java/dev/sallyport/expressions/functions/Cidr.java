package dev.sallyport.expressions.functions;

import org.jspecify.annotations.Nullable;

/**
 * A network: an address and how many of its first bits are the network's.
 *
 * @param ip as it was written, its other bits included
 */
record Cidr(Ip ip, int bits) {

  /** Null for a text that is none. */
  static @Nullable Cidr of(String text) {
    int slash = text.indexOf('/');
    Ip ip = slash < 0 ? null : Ip.of(text.substring(0, slash));
    String bits = text.substring(slash + 1);
    if (ip == null || bits.isEmpty() || bits.length() > 3) {
      return null;
    }
    for (int i = 0; i < bits.length(); i++) {
      if (bits.charAt(i) < '0' || bits.charAt(i) > '9') {
        return null;
      }
    }
    int count = Integer.parseInt(bits);
    boolean padded = bits.length() > 1 && bits.charAt(0) == '0';
    return padded || count > (ip.isFour() ? 32 : 128) ? null : new Cidr(ip, count);
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
