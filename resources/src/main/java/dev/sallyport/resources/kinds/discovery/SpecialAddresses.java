package dev.sallyport.resources.kinds.discovery;

import dev.sallyport.resources.validation.Field;

/** Addresses that lead nowhere outside of the machine that reads them. */
final class SpecialAddresses {

  private SpecialAddresses() {}

  static void check(Field address, byte[] octets) {
    boolean six = octets.length == 16;
    int first = octets[0] & 0xff;
    int second = octets[1] & 0xff;
    if (isZero(octets, octets.length)) {
      address.invalid("may not be unspecified (" + address.text() + ")");
    }
    if (six ? isZero(octets, 15) && octets[15] == 1 : first == 127) {
      address.invalid("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (six ? first == 0xfe && (second & 0xc0) == 0x80 : first == 169 && second == 254) {
      address.invalid("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    boolean multicast =
        six ? first == 0xff && (second & 0x0f) == 2 : first == 224 && second == 0 && octets[2] == 0;
    if (multicast) {
      address.invalid("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }

  private static boolean isZero(byte[] octets, int length) {
    for (int i = 0; i < length; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
