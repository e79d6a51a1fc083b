package dev.sallyport.resources.validation;

import dev.sallyport.api.IpText;

/** Addresses that lead nowhere in particular, or back to whoever asks. */
public final class SpecialAddresses {

  private SpecialAddresses() {}

  /** Refuses an address, known to be one, that no machine can be reached at from another. */
  public static void check(Field address) {
    byte[] octets = IpText.octets(address.text());
    if (octets == null) {
      return;
    }
    boolean sixth = octets.length == 16;
    int first = octets[0] & 0xff;
    int second = octets[1] & 0xff;
    if (isNothingBut(octets, 0)) {
      address.invalid("may not be unspecified (0.0.0.0 or ::)");
    }
    if (sixth ? isNothingBut(octets, 1) : first == 127) {
      address.invalid("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (sixth ? first == 0xfe && (second & 0xc0) == 0x80 : first == 169 && second == 254) {
      address.invalid("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if (sixth
        ? first == 0xff && (second & 0x0f) == 2
        : first == 224 && second == 0 && octets[2] == 0) {
      address.invalid("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }

  private static boolean isNothingBut(byte[] octets, int last) {
    for (int i = 0; i < octets.length - 1; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return octets[octets.length - 1] == last;
  }
}
