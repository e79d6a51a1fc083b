package dev.sallyport.authn.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.x509.CertificateJudge;
import dev.sallyport.authn.x509.Judgement;
import dev.sallyport.authn.x509.TestCertificates;
import dev.sallyport.authn.x509.TestCertificates.Made;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

final class RevokedCertificatesTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2046-01-01T00:00:00Z");

  private final CertificateAuthority authority = CertificateAuthority.create("ca", FROM, TO);
  private final X509Certificate joe = client(authority);
  private final X509Certificate ann = client(authority);

  @Test
  void knowsWhomAnAuthorityHasCalledIn() throws Exception {
    RevokedCertificates revoked =
        RevokedCertificates.parse(List.of(list(authority, joe)), bundle(authority));

    assertTrue(revoked.contains(joe));
    assertFalse(revoked.contains(ann));
  }

  @Test
  void whoWasIssuedByAnAuthorityThatIsCalledInIsToo() throws Exception {
    Made root = TestCertificates.authority("CN=root").make();
    Made below = TestCertificates.authority("CN=below").by(root).make();
    Made leaf = TestCertificates.client("CN=joe").by(below).make();
    TrustBundle trusted = TestCertificates.bundle(root);
    Credential credential = credential(trusted, leaf, below);
    RevokedCertificates of =
        RevokedCertificates.parse(
            List.of(list(root.certificate(), root.keys().getPrivate(), below.certificate())),
            trusted);

    assertEquals(
        "an authority on the certificate's path is on a revocation list", of.refusal(credential));
    assertNull(of.refusal(credential(trusted, TestCertificates.client("CN=joe").by(root).make())));
  }

  private static Credential credential(TrustBundle bundle, Made... chain) {
    Judgement judgement =
        CertificateJudge.judge(bundle, TestCertificates.peer(chain), TestCertificates.NOW);
    Judgement.Trusted trusted = assertInstanceOf(Judgement.Trusted.class, judgement);
    return assertInstanceOf(Authenticated.class, trusted.result()).credential();
  }

  @Test
  void anotherAuthoritysSameSerialNumberIsNotMeant() throws Exception {
    CertificateAuthority other = CertificateAuthority.create("other", FROM, TO);
    RevokedCertificates revoked =
        RevokedCertificates.parse(List.of(list(other, joe)), bundle(authority, other));

    assertFalse(revoked.contains(joe));
  }

  @Test
  void refusesAListThatNoAuthorityHasSigned() throws Exception {
    CertificateAuthority namesake = CertificateAuthority.create("ca", FROM, TO);
    FileContent forged = list(namesake, joe);

    InvalidFileException fault =
        assertThrows(
            InvalidFileException.class,
            () -> RevokedCertificates.parse(List.of(forged), bundle(authority)));
    assertTrue(fault.fault().contains("no client authority has signed"), fault.fault());
  }

  @Test
  void refusesAFileThatHoldsNoList() {
    for (String text : List.of("", "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")) {
      assertThrows(
          InvalidFileException.class,
          () ->
              RevokedCertificates.parse(
                  List.of(file(text.getBytes(StandardCharsets.US_ASCII))), bundle(authority)),
          text);
    }
  }

  private static FileContent list(CertificateAuthority issuer, X509Certificate revoked)
      throws Exception {
    return list(issuer.certificate(), issuer.key(), revoked);
  }

  private static FileContent list(X509Certificate issuer, PrivateKey key, X509Certificate revoked)
      throws Exception {
    JcaX509v2CRLBuilder builder =
        new JcaX509v2CRLBuilder(issuer.getSubjectX500Principal(), Date.from(FROM));
    builder.setNextUpdate(Date.from(TO));
    builder.addCRLEntry(revoked.getSerialNumber(), Date.from(FROM), 0);
    X509CRLHolder list = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
    return file(list.getEncoded());
  }

  private static FileContent file(byte[] bytes) {
    return new FileContent(Path.of("clients.crl"), bytes);
  }

  private static TrustBundle bundle(CertificateAuthority... authorities) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (CertificateAuthority authority : authorities) {
      pem.append(PemWriter.certificate(authority.certificate()));
    }
    return TrustBundle.parse(List.of(file(pem.toString().getBytes(StandardCharsets.US_ASCII))));
  }

  private static X509Certificate client(CertificateAuthority issuer) {
    return issuer.issue(CertificateSpec.client("joe", List.of(), FROM, TO)).chain().get(0);
  }
}
