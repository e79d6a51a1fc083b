package dev.sallyport.resources.kinds.core;

import dev.sallyport.api.IpText;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A network from which services get their addresses. Whoever asks for no address in particular gets
 * one from its upper part as long as there is one, so that the lower part stays for those who name
 * theirs.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/">Service
 *     ClusterIP allocation</a>
 */
final class AddressRange {

  /** A larger network is used up to here: nobody has more services. */
  private static final int MOST = 1 << 20;

  private final String network;
  private final byte[] base;
  private final int prefix;

  /** Offsets from the network's own address: the first that may be given, and one past the last. */
  private final int end;

  private final int band;

  /**
   * @param network in CIDR notation, such as 10.0.0.0/24
   */
  AddressRange(String network) {
    this.prefix = IpText.prefixLength(network);
    byte[] octets = IpText.octets(network.substring(0, Math.max(0, network.indexOf('/'))));
    if (prefix < 0 || octets == null) {
      throw new IllegalArgumentException(network);
    }
    this.network = network;
    this.base = masked(octets, prefix);
    int free = octets.length * 8 - prefix;
    int size = free >= 20 ? MOST : 1 << free;
    // The last address of an IPv4 network speaks to all of it.
    this.end = octets.length == 4 && size > 2 ? size - 1 : size;
    this.band = Math.min(Math.max(16, (end - 1) / 16), 256);
  }

  private static byte[] masked(byte[] octets, int bits) {
    byte[] masked = octets.clone();
    for (int bit = bits; bit < masked.length * 8; bit++) {
      masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return masked;
  }

  String network() {
    return network;
  }

  boolean isIpv6() {
    return base.length == 16;
  }

  boolean contains(byte[] octets) {
    if (octets.length != base.length || Arrays.equals(octets, base)) {
      return false;
    }
    if (!Arrays.equals(masked(octets, prefix), base)) {
      return false;
    }
    // An IPv4 network's last address is nobody's.
    byte[] last = base.clone();
    for (int bit = prefix; bit < last.length * 8; bit++) {
      last[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return isIpv6() || prefix >= 31 || !Arrays.equals(octets, last);
  }

  /**
   * An address that is free, or null when there is none. The first one is left to the Service
   * {@code kubernetes}, which names it.
   */
  byte @Nullable [] next(Predicate<byte[]> free, RandomGenerator random) {
    byte[] upper = band < end ? probe(band, end, free, random) : null;
    return upper != null ? upper : probe(Math.min(2, end), Math.min(band, end), free, random);
  }

  private byte @Nullable [] probe(
      int from, int to, Predicate<byte[]> free, RandomGenerator random) {
    int size = to - from;
    int start = size <= 0 ? 0 : random.nextInt(size);
    for (int i = 0; i < size; i++) {
      byte[] candidate = at(from + (start + i) % size);
      if (free.test(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private byte[] at(int offset) {
    byte[] octets = base.clone();
    int rest = offset;
    for (int i = octets.length - 1; rest != 0; i--) {
      int sum = (octets[i] & 0xff) + (rest & 0xff);
      octets[i] = (byte) sum;
      rest = (rest >>> 8) + (sum >>> 8);
    }
    return octets;
  }
}
