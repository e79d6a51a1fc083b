package dev.sallyport.config.csr;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/**
 * The alternative names that a request asks for, of the four kinds that are passed on into a
 * certificate; others are left out.
 */
record AlternativeNames(
    List<GeneralName> dns,
    List<GeneralName> emails,
    List<GeneralName> addresses,
    List<GeneralName> uris) {

  private static final int IPV4 = 4;
  private static final int IPV6 = 16;

  static AlternativeNames of(@Nullable Extensions extensions) throws CertificateRequestException {
    AlternativeNames names =
        new AlternativeNames(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (extensions != null && extensions.getExtension(Extension.subjectAlternativeName) != null) {
      GeneralNames asked =
          GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
      for (GeneralName name : asked.getNames()) {
        names.add(name);
      }
    }
    return names;
  }

  private void add(GeneralName name) throws CertificateRequestException {
    switch (name.getTagNo()) {
      case GeneralName.dNSName -> dns.add(ascii(name, "DNS name"));
      case GeneralName.rfc822Name -> emails.add(ascii(name, "email address"));
      case GeneralName.uniformResourceIdentifier -> uris.add(ascii(name, "URI"));
      case GeneralName.iPAddress -> {
        int length = ASN1OctetString.getInstance(name.getName()).getOctets().length;
        if (length != IPV4 && length != IPV6) {
          throw new CertificateRequestException("an IP address of " + length + " bytes");
        }
        addresses.add(name);
      }
      default -> {} // nobody here would know what to make of it
    }
  }

  private static GeneralName ascii(GeneralName name, String what)
      throws CertificateRequestException {
    String text = ((ASN1String) name.getName()).getString();
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new CertificateRequestException("a " + what + " that is empty or not plain ASCII");
    }
    return name;
  }

  /** All of them as a certificate holds them; null when there are none. */
  @Nullable GeneralNames all() {
    List<GeneralName> names = new ArrayList<>(dns);
    names.addAll(emails);
    names.addAll(addresses);
    names.addAll(uris);
    return names.isEmpty() ? null : new GeneralNames(names.toArray(new GeneralName[0]));
  }
}
