package dev.sallyport.config.csr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateRequestTest {
  private static final X500Name ANN = new X500Name("O=dev,O=ops,CN=ann");

  @Test
  void readsSubjectAndAlternativeNames() throws Exception {
    CertificateRequest request =
        CertificateRequest.parse(
            Requests.request(
                ANN,
                new GeneralName(GeneralName.dNSName, "a.test"),
                new GeneralName(GeneralName.iPAddress, "::1")));
    assertEquals("ann", request.commonName());
    assertEquals(List.of("dev", "ops"), request.organizations());
    assertTrue(request.asksForDnsNames());
    assertTrue(request.asksForIpAddresses());
    assertFalse(request.asksForEmailAddresses());
    assertFalse(request.asksForUris());
  }

  @Test
  void theLastCommonNameCounts() throws Exception {
    byte[] pem = Requests.request(new X500Name("CN=first,O=dev,CN=second"));
    assertEquals("second", CertificateRequest.parse(pem).commonName());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA",
    "RSA, 2048, SHA1withRSA",
    "EC, 256, SHA256withECDSA",
    "EC, 384, SHA384withECDSA",
    "EC, 521, SHA512withECDSA",
    "Ed25519, 0, Ed25519"
  })
  void readsRequestsOfEveryKindOfKey(String algorithm, int bits, String signature)
      throws Exception {
    byte[] pem = Requests.request(Requests.keys(algorithm, bits), signature, ANN);
    assertEquals("ann", CertificateRequest.parse(pem).commonName());
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    String type = "PEM block type must be CERTIFICATE REQUEST";
    assertEquals(type, fault("not a csr"));
    assertEquals(type, fault(""));
    String good = new String(Requests.request(ANN), StandardCharsets.US_ASCII);
    assertEquals(type, fault(good.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")));
    assertEquals(
        "not a PKCS#10 certificate request",
        fault("-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n"));
    assertEquals("a broken PEM block", fault("-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n"));
  }

  @Test
  void refusesASignatureOfAnotherKey() throws Exception {
    byte[] pem = Requests.stolen(ANN);
    CertificateRequestException refused =
        assertThrows(CertificateRequestException.class, () -> CertificateRequest.parse(pem));
    assertEquals("the signature is not that of the request's key", refused.fault());
  }

  @Test
  void refusesMd5AndShortKeys() throws Exception {
    byte[] md5 = Requests.request(Requests.keys("RSA", 2048), "MD5withRSA", ANN);
    assertTrue(fault(new String(md5, StandardCharsets.US_ASCII)).contains("not safe"));
    byte[] small = Requests.request(Requests.keys("RSA", 512), "SHA256withRSA", ANN);
    assertEquals(
        "an RSA key of fewer than 1024 bits", fault(new String(small, StandardCharsets.US_ASCII)));
  }

  @Test
  void refusesOddAlternativeNames() throws Exception {
    byte[] address =
        Requests.request(
            ANN, new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5])));
    assertEquals("an IP address of 5 bytes", fault(new String(address, StandardCharsets.US_ASCII)));
    byte[] dns = Requests.request(ANN, new GeneralName(GeneralName.dNSName, "a b"));
    assertTrue(fault(new String(dns, StandardCharsets.US_ASCII)).contains("not plain ASCII"));
  }

  private static String fault(String text) {
    byte[] pem = text.getBytes(StandardCharsets.US_ASCII);
    return assertThrows(CertificateRequestException.class, () -> CertificateRequest.parse(pem))
        .fault();
  }
}
