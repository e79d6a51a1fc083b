package dev.sallyport.config.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertifiedKeyTest {

  @ParameterizedTest
  @CsvSource({
    "rsa-cert, rsa-pkcs1",
    "ec-cert, ec-prime256v1-sec1",
    "ec-cert-with-text, ec-prime256v1-pkcs8",
    "ed25519-cert, ed25519-pkcs8"
  })
  void acceptsAKeyThatMatches(String certificate, String key) throws Exception {
    CertifiedKey pair = CertifiedKey.parse(TestPem.load(certificate), TestPem.load(key));
    assertEquals(1, pair.chain().size());
    assertFalse(pair.toString().contains("Private"), pair.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-cert, ec-prime256v1-sec1",
    "ec-cert, rsa-pkcs8",
    "ec-cert, ec-secp384r1-sec1",
    "ec-cert, ed25519-pkcs8",
    "ed25519-cert, rsa-pkcs1"
  })
  void namesBothFilesOfAMismatch(String certificate, String key) {
    InvalidFileException fault =
        assertThrows(
            InvalidFileException.class,
            () -> CertifiedKey.parse(TestPem.load(certificate), TestPem.load(key)));
    String message = Objects.requireNonNull(fault.getMessage());
    assertTrue(message.contains(certificate + ".pem") && message.contains(key + ".pem"), message);
  }

  @Test
  void keepsTheChainInOrder() throws Exception {
    CertifiedKey pair =
        CertifiedKey.parse(TestPem.load("ec-cert", "rsa-cert"), TestPem.load("ec-prime256v1-sec1"));
    assertEquals("CN=ec", pair.leaf().getSubjectX500Principal().getName());
    assertEquals("CN=rsa", pair.chain().get(1).getSubjectX500Principal().getName());
  }

  @Test
  void refusesEveryHalfWrittenCertificate() {
    byte[] whole = TestPem.load("ec-cert").bytes();
    for (int length = 0; length < whole.length - 1; length += 7) {
      FileContent part =
          new FileContent(TestPem.load("ec-cert").file(), Arrays.copyOf(whole, length));
      assertThrows(InvalidFileException.class, () -> Certificates.parse(part), "at " + length);
    }
  }

  @Test
  void writesWhatItReads() throws Exception {
    CertifiedKey pair =
        CertifiedKey.parse(TestPem.load("ed25519-cert"), TestPem.load("ed25519-pkcs8"));
    assertEquals(pair.chain(), Certificates.parse(pem(PemWriter.certificates(pair.chain()))));
    assertEquals(pair.key(), PrivateKeys.parse(pem(PemWriter.privateKey(pair.key()))));
  }

  @Test
  void writesClientsEcKeysAsSec1() throws Exception {
    Instant now = Instant.now();
    CertifiedKey pair =
        CertificateAuthority.create("ca", now, now.plusSeconds(60))
            .issue(CertificateSpec.client("ann", List.of(), now, now.plusSeconds(60)));
    String text = PemWriter.clientKey(pair);
    assertTrue(text.startsWith("-----BEGIN EC PRIVATE KEY-----"), "the label");
    assertEquals(
        pair.chain(),
        CertifiedKey.parse(pem(PemWriter.certificates(pair.chain())), pem(text)).chain());
  }

  private static FileContent pem(String text) {
    return new FileContent(Path.of("written.pem"), text.getBytes(StandardCharsets.US_ASCII));
  }
}
