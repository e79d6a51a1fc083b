package dev.sallyport.authn.x509;

import dev.sallyport.authn.Credential;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.DerReader;
import dev.sallyport.config.der.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a certificate that can name its holder, read from its DER.
 *
 * @param commonName the last CN, or "" without one
 * @param organizations every O in order
 * @param organizationalUnits every OU in order
 * @param uids every user id (Kubernetes' own attribute) in order
 * @param dnsNames alternative names of hosts
 * @param emailAddresses alternative names of mailboxes
 * @param uris alternative names that are URIs, such as SPIFFE ids
 * @param serialNumber in lower-case hexadecimal digits
 * @param fingerprint SHA-256 of the whole certificate, in lower-case hexadecimal digits
 * @param credential what revocations and the end of its life go by
 */
public record ClientCertificate(
    String commonName,
    List<String> organizations,
    List<String> organizationalUnits,
    List<String> uids,
    List<String> dnsNames,
    List<String> emailAddresses,
    List<String> uris,
    String serialNumber,
    String fingerprint,
    Credential credential) {

  public ClientCertificate {
    organizations = List.copyOf(organizations);
    organizationalUnits = List.copyOf(organizationalUnits);
    uids = List.copyOf(uids);
    dnsNames = List.copyOf(dnsNames);
    emailAddresses = List.copyOf(emailAddresses);
    uris = List.copyOf(uris);
  }

  /**
   * @param issuers the authorities on its path
   * @param until the last millisecond since the epoch at which its whole path is valid
   */
  static ClientCertificate of(
      PathCertificate certificate, List<PathCertificate> issuers, long until) throws DerException {
    SubjectName subject = SubjectName.parse(certificate.subject());
    String fingerprint = sha256(certificate.encoded());
    List<GeneralName> names = alternativeNames(certificate.alternativeNames());
    return new ClientCertificate(
        subject.commonName(),
        subject.organizations(),
        subject.organizationalUnits(),
        subject.uids(),
        texts(names, GeneralName.DNS),
        texts(names, GeneralName.MAIL),
        texts(names, GeneralName.LINK),
        certificate.certificate().getSerialNumber().toString(16),
        fingerprint,
        new Credential(
            "X509SHA256=" + fingerprint,
            certificate.certificate(),
            issuers.stream().map(PathCertificate::certificate).toList(),
            certificate.certificate().getNotBefore().getTime(),
            until));
  }

  private static List<GeneralName> alternativeNames(byte @Nullable [] der) throws DerException {
    List<GeneralName> names = new ArrayList<>();
    if (der != null) {
      DerReader reader = DerReader.of(der).enter(Tag.SEQUENCE);
      while (reader.hasMore()) {
        names.add(GeneralName.read(reader));
      }
    }
    return names;
  }

  private static List<String> texts(List<GeneralName> names, int kind) {
    return names.stream().filter(name -> name.kind() == kind).map(GeneralName::text).toList();
  }

  private static String sha256(byte[] encoded) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
