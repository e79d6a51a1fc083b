package dev.sallyport.resources.kinds.networking;

import dev.sallyport.api.IpText;

/** Networks in relation to each other. */
final class Networks {

  private Networks() {}

  /** Whether one network is a part of another and not all of it; true for what is no network. */
  static boolean strictlyWithin(String inner, String outer) {
    int innerBits = IpText.prefixLength(inner);
    int outerBits = IpText.prefixLength(outer);
    if (innerBits < 0 || outerBits < 0) {
      return true;
    }
    byte[] one = IpText.octets(inner.substring(0, inner.indexOf('/')));
    byte[] other = IpText.octets(outer.substring(0, outer.indexOf('/')));
    if (one == null || other == null || one.length != other.length || innerBits <= outerBits) {
      return false;
    }
    for (int bit = 0; bit < outerBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  static boolean isIpv6(String cidr) {
    return cidr.indexOf(':') >= 0;
  }
}
