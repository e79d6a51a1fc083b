package dev.sallyport.expressions.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionOverload;
import dev.sallyport.expressions.functions.Family.Typed;

/** IP addresses and networks. */
final class AddressFunctions {

  static final CelType IP = OpaqueType.create("net.IP");
  static final CelType CIDR = OpaqueType.create("net.CIDR");

  private static final Typed<Ip> IP_TYPED = new Typed<>(IP, Ip.class);
  private static final Typed<Cidr> CIDR_TYPED = new Typed<>(CIDR, Cidr.class);
  private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);

  private AddressFunctions() {}

  static Family family() {
    Family family = new Family();
    addresses(family);
    kinds(family);
    networks(family);
    contents(family);
    return family;
  }

  private static void addresses(Family family) {
    family.global("ip", "string_to_ip", IP, SimpleType.STRING, String.class, AddressFunctions::ip);
    ask(family, "isIP", "is_ip", text -> Ip.of(text) != null);
    family.global(
        "ip.isCanonical",
        "ip_is_canonical",
        SimpleType.BOOL,
        SimpleType.STRING,
        String.class,
        text -> ip(text).toString().equals(text));
    family.member("family", "ip_family", SimpleType.INT, IP, Ip.class, ip -> ip.isFour() ? 4L : 6L);
    family.global("string", "ip_to_string", SimpleType.STRING, IP, Ip.class, Ip::toString);
  }

  private static void kinds(Family family) {
    kind(family, "isUnspecified", "ip_is_unspecified", ip -> ip.address().isAnyLocalAddress());
    kind(family, "isLoopback", "ip_is_loopback", ip -> ip.address().isLoopbackAddress());
    kind(
        family,
        "isLinkLocalMulticast",
        "ip_is_link_local_multicast",
        AddressFunctions::isLinkLocalMulticast);
    kind(
        family,
        "isLinkLocalUnicast",
        "ip_is_link_local_unicast",
        ip -> ip.address().isLinkLocalAddress());
    kind(family, "isGlobalUnicast", "ip_is_global_unicast", AddressFunctions::isGlobalUnicast);
  }

  private static boolean isLinkLocalMulticast(Ip ip) {
    byte[] bytes = ip.bytes();
    return ip.isFour()
        ? (bytes[0] & 0xff) == 224 && bytes[1] == 0 && bytes[2] == 0
        : ip.address().isMCLinkLocal();
  }

  private static boolean isGlobalUnicast(Ip ip) {
    byte[] bytes = ip.bytes();
    boolean broadcast = ip.isFour();
    for (byte one : bytes) {
      broadcast &= one == (byte) 0xff;
    }
    return !broadcast
        && !ip.address().isAnyLocalAddress()
        && !ip.address().isLoopbackAddress()
        && !ip.address().isMulticastAddress()
        && !ip.address().isLinkLocalAddress();
  }

  private static void networks(Family family) {
    family.global(
        "cidr", "string_to_cidr", CIDR, SimpleType.STRING, String.class, AddressFunctions::cidr);
    ask(family, "isCIDR", "is_cidr", text -> Cidr.of(text) != null);
    family.member("ip", "cidr_ip", IP, CIDR, Cidr.class, Cidr::ip);
    family.member(
        "prefixLength",
        "cidr_prefix_length",
        SimpleType.INT,
        CIDR,
        Cidr.class,
        cidr -> (long) cidr.bits());
    family.member("masked", "cidr_masked", CIDR, CIDR, Cidr.class, Cidr::masked);
    family.global("string", "cidr_to_string", SimpleType.STRING, CIDR, Cidr.class, Cidr::toString);
  }

  private static void contents(Family family) {
    family.member(
        "containsIP", "cidr_contains_ip_ip", SimpleType.BOOL, CIDR_TYPED, IP_TYPED, Cidr::contains);
    family.member(
        "containsIP",
        "cidr_contains_ip_string",
        SimpleType.BOOL,
        CIDR_TYPED,
        TEXT,
        (cidr, text) -> cidr.contains(ip(text)));
    family.member(
        "containsCIDR",
        "cidr_contains_cidr",
        SimpleType.BOOL,
        CIDR_TYPED,
        CIDR_TYPED,
        Cidr::contains);
    family.member(
        "containsCIDR",
        "cidr_contains_cidr_string",
        SimpleType.BOOL,
        CIDR_TYPED,
        TEXT,
        (cidr, text) -> cidr.contains(cidr(text)));
  }

  private static void ask(
      Family family, String name, String id, CelFunctionOverload.Unary<String> question) {
    family.global(name, id, SimpleType.BOOL, SimpleType.STRING, String.class, question);
  }

  private static void kind(
      Family family, String name, String id, CelFunctionOverload.Unary<Ip> question) {
    family.member(name, id, SimpleType.BOOL, IP, Ip.class, question);
  }

  private static Ip ip(String text) throws CelEvaluationException {
    Ip ip = Ip.of(text);
    if (ip == null) {
      throw new CelEvaluationException(
          "IP Address \"" + text + "\" parse error during conversion from string");
    }
    return ip;
  }

  private static Cidr cidr(String text) throws CelEvaluationException {
    Cidr cidr = Cidr.of(text);
    if (cidr == null) {
      throw new CelEvaluationException(
          "network address parse error during conversion from string: \"" + text + "\"");
    }
    return cidr;
  }
}
