package dev.sallyport.config.csr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pki.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2031-01-01T00:00:00Z");
  private static final CertificateAuthority CA =
      CertificateAuthority.create("ca", NOW.minusSeconds(60), LAST);

  private final RequestSigner signer = new RequestSigner(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void issuesForTheRequestsNamesAndKeyAndTheGivenUsages() throws Exception {
    CertificateRequest request =
        CertificateRequest.parse(
            Requests.request(
                new X500Name("O=dev,O=ops,CN=ann"),
                new GeneralName(GeneralName.dNSName, "a.test"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    X509Certificate made =
        sign(
            request,
            Set.of(Usage.CLIENT_AUTH, Usage.DIGITAL_SIGNATURE, Usage.KEY_ENCIPHERMENT),
            Duration.ofDays(1));
    made.verify(CA.certificate().getPublicKey());
    assertEquals("CN=ann,O=ops,O=dev", made.getSubjectX500Principal().getName());
    assertEquals(List.of("1.3.6.1.5.5.7.3.2"), made.getExtendedKeyUsage());
    boolean[] bits = made.getKeyUsage();
    assertTrue(bits[0] && bits[2] && !bits[5], "not what the request asked for itself");
    assertEquals(-1, made.getBasicConstraints());
    assertNull(made.getExtensionValue("1.2.3.4"), "no extension but the alternative names");
    Collection<List<?>> names = made.getSubjectAlternativeNames();
    assertEquals(
        Set.of("a.test", "127.0.0.1"),
        Set.copyOf(names.stream().map(each -> each.get(1)).toList()));
    assertEquals(1, made.getSerialNumber().signum());
  }

  @Test
  void passesOnNoAttributeThatNobodyIsShown() throws Exception {
    X500Name name =
        new X500Name(
            new RDN[] {
              new RDN(attribute("2.5.4.3", "ann")),
              new RDN(attribute("1.3.6.1.4.1.57683.2", "uid-of-root")),
              new RDN(
                  new AttributeTypeAndValue[] {
                    attribute("2.5.4.10", "dev"), attribute("2.5.4.11", "unit")
                  })
            });
    X509Certificate made =
        sign(
            CertificateRequest.parse(Requests.request(name)),
            Set.of(Usage.CLIENT_AUTH),
            Duration.ofDays(1));
    assertEquals("CN=ann,OU=unit,O=dev", made.getSubjectX500Principal().getName());
  }

  @Test
  void setsBothEndsBackButNotTheEndOfAShortLife() throws Exception {
    X509Certificate day = sign(Duration.ofDays(1));
    assertEquals(NOW.minus(Duration.ofMinutes(5)), day.getNotBefore().toInstant());
    assertEquals(
        NOW.plus(Duration.ofDays(1)).minus(Duration.ofMinutes(5)), day.getNotAfter().toInstant());
    assertEquals(
        NOW.plus(Duration.ofHours(1)), sign(Duration.ofHours(1)).getNotAfter().toInstant());
  }

  @Test
  void neverOutlivesTheAuthority() throws Exception {
    assertEquals(LAST, sign(Duration.ofDays(1000)).getNotAfter().toInstant());
    RequestSigner late = new RequestSigner(Clock.fixed(LAST, ZoneOffset.UTC));
    CertificateRequest request = ann();
    assertThrows(
        CertificateRequestException.class,
        () -> late.sign(CA, request, Set.of(Usage.CLIENT_AUTH), Duration.ofDays(1)));
  }

  @Test
  void theStatusHoldsCertificatesAndNothingElse() throws Exception {
    String pem = signer.sign(CA, ann(), Set.of(Usage.CLIENT_AUTH), Duration.ofDays(1));
    assertEquals(2, CertificateText.parse((pem + pem).getBytes(StandardCharsets.US_ASCII)).size());
    for (String bad :
        List.of(
            "",
            "none",
            pem.replace("CERTIFICATE", "PRIVATE KEY"),
            pem.replace("-----\nMI", "-----\nA: b\n\nMI"),
            "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")) {
      assertThrows(
          CertificateRequestException.class,
          () -> CertificateText.parse(bad.getBytes(StandardCharsets.US_ASCII)),
          bad);
    }
  }

  private X509Certificate sign(Duration lifetime) throws Exception {
    return sign(ann(), Set.of(Usage.CLIENT_AUTH), lifetime);
  }

  private X509Certificate sign(CertificateRequest request, Set<Usage> usages, Duration lifetime)
      throws Exception {
    String pem = signer.sign(CA, request, usages, lifetime);
    return CertificateText.parse(pem.getBytes(StandardCharsets.US_ASCII)).get(0);
  }

  private static CertificateRequest ann() throws Exception {
    return CertificateRequest.parse(Requests.request(new X500Name("CN=ann")));
  }

  private static AttributeTypeAndValue attribute(String type, String value) {
    return new AttributeTypeAndValue(new ASN1ObjectIdentifier(type), new DERUTF8String(value));
  }
}
