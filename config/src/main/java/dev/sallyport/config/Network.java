package dev.sallyport.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** The addresses that share their first bits. */
public final class Network {

  private final byte[] first;
  private final int bits;

  private Network(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address without a slash. Bits behind the
   * prefix must be zero: whoever sets them means something else.
   */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address =
        NumericAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = address.get().getAddress();
    int bits = slash < 0 ? 8 * bytes.length : bits(text.substring(slash + 1));
    if (bits < 0 || bits > 8 * bytes.length || !Arrays.equals(bytes, masked(bytes, bits))) {
      return Optional.empty();
    }
    return Optional.of(new Network(bytes, bits));
  }

  private static int bits(String digits) {
    if (digits.isEmpty() || digits.length() > 3) {
      return -1;
    }
    int bits = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      bits = 10 * bits + (c - '0');
    }
    return bits;
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - 8 * i));
      masked[i] = (byte) (address[i] & 0xff00 >> kept);
    }
    return masked;
  }

  /** Whether an address lies in it; one of the other family never does. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == first.length && Arrays.equals(first, masked(bytes, bits));
  }
}
