package dev.sallyport.config.pki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2056-01-01T00:00:00Z");

  private final CertificateAuthority authority =
      CertificateAuthority.create("sallyport-ca", FROM, TO);

  @Test
  void isASelfSignedAuthority() throws Exception {
    X509Certificate own = authority.certificate();
    own.verify(own.getPublicKey());
    assertEquals(Integer.MAX_VALUE, own.getBasicConstraints());
    assertArrayEquals(
        new boolean[] {true, false, false, false, false, true, true, false, false},
        own.getKeyUsage());
    assertEquals(Date.from(TO), own.getNotAfter());
    assertEquals("CN=sallyport-ca", own.getSubjectX500Principal().getName());
    assertTrue(own.getSerialNumber().signum() > 0);
  }

  @Test
  void issuesServingCertificatesThatThePkixValidatorAccepts() throws Exception {
    CertifiedKey server =
        authority.issue(
            CertificateSpec.server(
                "apiserver",
                List.of("localhost", "kubernetes.default.svc"),
                List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1")),
                FROM,
                TO));
    validate(server.leaf());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.leaf().getExtendedKeyUsage());
    List<String> names =
        server.leaf().getSubjectAlternativeNames().stream()
            .map(name -> name.get(0) + "=" + name.get(1))
            .toList();
    assertEquals(
        List.of("2=localhost", "2=kubernetes.default.svc", "7=127.0.0.1", "7=0:0:0:0:0:0:0:1"),
        names);
    assertEquals(-1, server.leaf().getBasicConstraints());
  }

  @Test
  void issuesClientCertificatesWithUserAndGroups() throws Exception {
    CertifiedKey client =
        authority.issue(CertificateSpec.client("zoë", List.of("system:masters", "a,b"), FROM, TO));
    validate(client.leaf());
    assertEquals(
        "CN=zoë,O=a\\,b,O=system:masters", client.leaf().getSubjectX500Principal().getName());
    assertEquals(List.of("1.3.6.1.5.5.7.3.2"), client.leaf().getExtendedKeyUsage());
    assertNull(client.leaf().getSubjectAlternativeNames());
  }

  @Test
  void certifiesAKeyOfAnotherKind() throws Exception {
    KeyPair rsa = KeyPairs.rsa2048();
    CertificateSpec spec =
        new CertificateSpec(
            "both",
            List.of(),
            List.of("host"),
            List.of(),
            Set.of(Purpose.CLIENT, Purpose.SERVER),
            FROM,
            TO);
    X509Certificate certificate = authority.certify(spec, rsa.getPublic());
    validate(certificate);
    assertEquals(rsa.getPublic(), certificate.getPublicKey());
    assertEquals(2, certificate.getExtendedKeyUsage().size());
  }

  @Test
  void serialNumbersDiffer() {
    CertificateSpec spec = CertificateSpec.client("a", List.of(), FROM, TO);
    assertTrue(
        !authority
            .issue(spec)
            .leaf()
            .getSerialNumber()
            .equals(authority.issue(spec).leaf().getSerialNumber()));
  }

  private void validate(X509Certificate leaf) throws Exception {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(Instant.parse("2030-01-01T00:00:00Z")));
    var unused =
        CertPathValidator.getInstance("PKIX")
            .validate(
                CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)),
                parameters);
  }
}
