package dev.sallyport.webhook.https;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** The subjectAltName of a certificate. */
final class AlternativeNames {

  private static final int DNS = 2;
  private static final int IP = 7;

  private AlternativeNames() {}

  /** Whether it has a DNS name, or an IP address if {@code name} is one. */
  static boolean coverKindOf(String name, X509Certificate certificate)
      throws CertificateParsingException {
    boolean literal = NetUtil.createByteArrayFromIpAddressString(name) != null;
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return false;
    }
    for (List<?> each : names) {
      if (each.get(0).equals(literal ? IP : DNS)) {
        return true;
      }
    }
    return false;
  }
}
