package dev.sallyport.config.pki;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What an end-entity certificate shall say.
 *
 * @param commonName the subject's CN: a user's name, or a server's
 * @param organizations the subject's O, one by one: a user's groups
 * @param dnsNames DNS names of a server
 * @param addresses IP addresses of a server
 * @param purposes at least one
 * @param notBefore first moment of validity, to the second
 * @param notAfter last moment of validity, to the second
 */
public record CertificateSpec(
    String commonName,
    List<String> organizations,
    List<String> dnsNames,
    List<InetAddress> addresses,
    Set<Purpose> purposes,
    Instant notBefore,
    Instant notAfter) {

  public CertificateSpec {
    organizations = List.copyOf(organizations);
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
    purposes = Set.copyOf(purposes);
    if (!notBefore.isBefore(notAfter)) {
      throw new IllegalArgumentException("a certificate that ends before it begins");
    }
  }

  /** A client's certificate: user name and groups. */
  public static CertificateSpec client(
      String user, List<String> groups, Instant notBefore, Instant notAfter) {
    return new CertificateSpec(
        user, groups, List.of(), List.of(), Set.of(Purpose.CLIENT), notBefore, notAfter);
  }

  /** A server's certificate. */
  public static CertificateSpec server(
      String commonName,
      List<String> dnsNames,
      List<InetAddress> addresses,
      Instant notBefore,
      Instant notAfter) {
    return new CertificateSpec(
        commonName, List.of(), dnsNames, addresses, Set.of(Purpose.SERVER), notBefore, notAfter);
  }
}
