package dev.sallyport.config.pki;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The certificate extensions in use (RFC 5280, 4.2), each as DER. */
final class Extensions {
  private Extensions() {}

  static byte[] basicConstraints(boolean authority) {
    byte[] content = authority ? Der.sequence(Der.yes()) : Der.sequence();
    return critical("2.5.29.19", content);
  }

  /** An authority signs certificates and revocation lists, everybody else handshakes. */
  static byte[] keyUsage(boolean authority, boolean rsa) {
    int digitalSignature = 0x80;
    int bits = authority ? digitalSignature | 0x04 | 0x02 : digitalSignature;
    if (rsa && !authority) {
      bits |= 0x20; // key encipherment, for TLS 1.2 without forward secrecy
    }
    int unused = Integer.numberOfTrailingZeros(bits);
    return critical(
        "2.5.29.15", Der.value(Tag.BIT_STRING, new byte[] {(byte) unused, (byte) bits}));
  }

  static byte[] purposes(Iterable<Purpose> purposes) {
    List<byte[]> oids = new ArrayList<>();
    purposes.forEach(purpose -> oids.add(Der.oid(purpose.oid())));
    return plain("2.5.29.37", Der.sequence(oids.toArray(byte[][]::new)));
  }

  static byte[] subjectKeyId(PublicKey key) throws DerException {
    return plain("2.5.29.14", Der.octets(keyId(key)));
  }

  static byte[] authorityKeyId(PublicKey key) throws DerException {
    return plain("2.5.29.35", Der.sequence(Der.value(Tag.context(0), keyId(key))));
  }

  static byte[] alternativeNames(List<String> dnsNames, List<InetAddress> addresses) {
    List<byte[]> names = new ArrayList<>();
    for (String name : dnsNames) {
      names.add(Der.value(Tag.context(2), name.getBytes(StandardCharsets.US_ASCII)));
    }
    for (InetAddress address : addresses) {
      names.add(Der.value(Tag.context(7), address.getAddress()));
    }
    return plain("2.5.29.17", Der.sequence(names.toArray(byte[][]::new)));
  }

  /** 160 bits of the SHA-256 over the key's bits (RFC 7093, method 1). */
  private static byte[] keyId(PublicKey key) throws DerException {
    DerReader info = DerReader.of(key.getEncoded()).enter(Tag.SEQUENCE);
    info.skip();
    byte[] bits = info.read(Tag.BIT_STRING);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bits, 1, bits.length - 1);
      return Arrays.copyOf(digest.digest(), 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] plain(String oid, byte[] content) {
    return Der.sequence(Der.oid(oid), Der.octets(content));
  }

  private static byte[] critical(String oid, byte[] content) {
    return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(content));
  }
}
