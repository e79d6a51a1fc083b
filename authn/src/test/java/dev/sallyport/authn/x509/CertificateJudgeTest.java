package dev.sallyport.authn.x509;

import static dev.sallyport.authn.x509.TestCertificates.FROM;
import static dev.sallyport.authn.x509.TestCertificates.NOW;
import static dev.sallyport.authn.x509.TestCertificates.TO;
import static dev.sallyport.authn.x509.TestCertificates.authority;
import static dev.sallyport.authn.x509.TestCertificates.bare;
import static dev.sallyport.authn.x509.TestCertificates.bundle;
import static dev.sallyport.authn.x509.TestCertificates.client;
import static dev.sallyport.authn.x509.TestCertificates.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.authn.x509.Judgement.Trusted;
import dev.sallyport.authn.x509.Judgement.Untrusted;
import dev.sallyport.authn.x509.TestCertificates.Draft;
import dev.sallyport.authn.x509.TestCertificates.Made;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of the project's list of attacks. */
class CertificateJudgeTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant PAST = Instant.parse("2029-01-01T00:00:00Z");

  private Made ca;
  private TrustBundle trusted;

  @BeforeEach
  void makeAuthority() throws Exception {
    ca = authority("CN=ca").make();
    trusted = bundle(ca);
  }

  @Test
  void case57RefusesACertificateOfAnUnknownAuthority() throws Exception {
    Made stranger = authority("CN=ca").make(); // the same name, another key
    refused(peer(client("CN=ann").by(stranger).make()));
    refused(peer(client("CN=ann").make()));
    refused(peer(client("CN=ann").by(stranger).make(), stranger));
  }

  @Test
  void case58AcceptsOnlyPurposesThatIncludeClients() throws Exception {
    accepted(peer(client("CN=ann").by(ca).make()));
    accepted(peer(client("CN=ann").by(ca).purposes(KeyPurposeId.id_kp_clientAuth).make()));
    accepted(peer(client("CN=ann").by(ca).purposes(KeyPurposeId.anyExtendedKeyUsage).make()));
    accepted(
        peer(
            client("CN=ann")
                .by(ca)
                .purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)
                .make()));
    refused(peer(client("CN=ann").by(ca).purposes(KeyPurposeId.id_kp_serverAuth).make()));
    refused(
        peer(
            client("CN=ann")
                .by(ca)
                .with(Extension.extendedKeyUsage, false, DERNull.INSTANCE)
                .make()));
  }

  @Test
  void case58HoldsThePurposesOfTheWholePathAgainstTheLeaf() throws Exception {
    Made servers = authority("CN=servers").by(ca).purposes(KeyPurposeId.id_kp_serverAuth).make();
    refused(peer(client("CN=ann").by(servers).make(), servers));
    Made root = authority("CN=root").purposes(KeyPurposeId.id_kp_serverAuth).make();
    trusted = bundle(root);
    refused(peer(client("CN=ann").by(root).make()));
  }

  @Test
  void case59RefusesWhatIsNotInForceWithTheMomentItMayChange() throws Exception {
    refused(peer(client("CN=ann").by(ca).valid(FROM, PAST).make()));
    Instant soon = Instant.ofEpochMilli(NOW + 5_000);
    Untrusted early = refused(peer(client("CN=ann").by(ca).valid(soon, TO).make()));
    assertEquals(soon.toEpochMilli() - 1, early.until());
    assertTrue(early.holds(trusted, NOW));
  }

  @Test
  void refusesAnExpiredAnchor() throws Exception {
    Made old = authority("CN=old").valid(LONG_AGO, PAST).make();
    trusted = bundle(old);
    refused(peer(client("CN=ann").by(old).make()));
  }

  @Test
  void case59TrustsOnlyAsLongAsTheWholePathIsInForce() throws Exception {
    Instant end = Instant.ofEpochMilli(NOW + 60_000);
    Made shortLived = authority("CN=short").by(ca).valid(FROM, end).make();
    Trusted judgement = accepted(peer(client("CN=ann").by(shortLived).make(), shortLived));
    assertTrue(judgement.holds(trusted, end.toEpochMilli()));
    assertTrue(!judgement.holds(trusted, end.toEpochMilli() + 1));
    assertTrue(!judgement.holds(trusted, FROM.toEpochMilli() - 1));
    assertTrue(!judgement.holds(bundle(ca), NOW), "another bundle, though of the same content");
  }

  @Test
  void case61FindsAPathThroughIntermediatesInAnyOrder() throws Exception {
    Made first = authority("CN=first").by(ca).make();
    Made second = authority("CN=second").by(first).make();
    Made leaf = client("CN=ann").by(second).make();
    accepted(peer(leaf, second, first));
    accepted(peer(leaf, first, second, ca));
    refused(peer(leaf, first));
    refused(peer(leaf));
  }

  @Test
  void case61RefusesAnIssuerThatIsNoAuthority() throws Exception {
    Made user = client("CN=user").by(ca).make();
    refused(peer(client("CN=ann").by(user).make(), user));
    Made silent = bare("CN=silent").by(ca).make();
    refused(peer(client("CN=ann").by(silent).make(), silent));
    Made signsNothing =
        bare("CN=signs-nothing")
            .by(ca)
            .with(Extension.basicConstraints, true, new BasicConstraints(true))
            .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
            .make();
    refused(peer(client("CN=ann").by(signsNothing).make(), signsNothing));
  }

  @Test
  void case61RefusesAPathThatIsTooLong() throws Exception {
    Made last =
        bare("CN=last")
            .by(ca)
            .with(Extension.basicConstraints, true, new BasicConstraints(0))
            .make();
    accepted(peer(client("CN=ann").by(last).make(), last));
    Made below = authority("CN=below").by(last).make();
    refused(peer(client("CN=ann").by(below).make(), below, last));
  }

  @Test
  void trustsALeafThatIsItselfAnAnchor() throws Exception {
    Made self = client("CN=self").make();
    trusted = bundle(ca, self);
    accepted(peer(self));
  }

  @Test
  void case62RefusesAnUnknownCriticalExtension() throws Exception {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4.5");
    refused(
        peer(client("CN=ann").by(ca).with(unknown, true, new DEROctetString(new byte[1])).make()));
    accepted(
        peer(client("CN=ann").by(ca).with(unknown, false, new DEROctetString(new byte[1])).make()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5withRSA", "SHA1withRSA"})
  void case62RefusesWeakSignaturesOfRsa(String algorithm) throws Exception {
    Made root =
        authority("CN=rsa").keys(TestCertificates.rsa(2048)).signedWith("SHA256withRSA").make();
    trusted = bundle(root);
    refused(peer(client("CN=ann").by(root).signedWith(algorithm).make()));
    accepted(peer(client("CN=ann").by(root).signedWith("SHA384withRSA").make()));
    accepted(peer(client("CN=ann").by(root).signedWith("SHA256withRSAandMGF1").make()));
    refused(peer(client("CN=ann").by(root).signedWith("SHA1withRSAandMGF1").make()));
  }

  @Test
  void case62RefusesSha1OfEcdsaAndShortRsaKeys() throws Exception {
    refused(peer(client("CN=ann").by(ca).signedWith("SHA1withECDSA").make()));
    refused(peer(client("CN=ann").by(ca).keys(TestCertificates.rsa(512)).make()));
    accepted(peer(client("CN=ann").by(ca).keys(TestCertificates.rsa(1024)).make()));
  }

  @ParameterizedTest
  @CsvSource({
    "2, example.com, a.example.com, true",
    "2, example.com, EXAMPLE.com, true",
    "2, example.com, badexample.com, false",
    "2, .example.com, example.com, false",
    "1, example.com, ann@example.com, true",
    "1, ann@example.com, bob@example.com, false",
    "6, example.com, https://a.example.com/x, true",
    "6, example.com, https://evil.com/example.com, false",
    "7, 10.0.0.0/8, 10.1.2.3, true",
    "7, 10.0.0.0/8, 11.1.2.3, false",
    "7, 10.0.0.0/8, ::1, false"
  })
  void case62HoldsNamesAgainstTheIssuersConstraints(
      int kind, String tree, String name, boolean within) throws Exception {
    GeneralSubtree[] trees = {new GeneralSubtree(new GeneralName(kind, tree))};
    Made permitting = constrained("CN=permitting", new NameConstraints(trees, null));
    Made excluding = constrained("CN=excluding", new NameConstraints(null, trees));
    GeneralNames names = new GeneralNames(new GeneralName(kind, name));
    PeerCertificates permitted =
        peer(
            client("CN=ann")
                .by(permitting)
                .with(Extension.subjectAlternativeName, false, names)
                .make(),
            permitting);
    PeerCertificates excluded =
        peer(
            client("CN=ann")
                .by(excluding)
                .with(Extension.subjectAlternativeName, false, names)
                .make(),
            excluding);
    if (within) {
      accepted(permitted);
      refused(excluded);
    } else {
      refused(permitted);
      accepted(excluded);
    }
  }

  @Test
  void case62RefusesConstraintsOfAKindThatIsNotUnderstood() throws Exception {
    GeneralSubtree[] trees = {new GeneralSubtree(new GeneralName(new X500Name("O=dev")))};
    Made odd = constrained("CN=odd", new NameConstraints(trees, null));
    refused(peer(client("CN=ann").by(odd).make(), odd));
  }

  @Test
  void givesUpAfterManySignatures() throws Exception {
    List<Made> chain = new ArrayList<>();
    Made issuer = authority("CN=same").make();
    chain.add(client("CN=ann").by(issuer).make());
    for (int i = 0; i < 120; i++) {
      chain.add(authority("CN=same").make());
    }
    Untrusted judgement = refused(peer(chain.toArray(Made[]::new)));
    assertEquals("too many signatures to check", judgement.reason());
  }

  private Made constrained(String name, NameConstraints constraints) throws Exception {
    Draft draft = authority(name).by(ca);
    return draft.with(Extension.nameConstraints, true, constraints).make();
  }

  private Trusted accepted(PeerCertificates peer) {
    return assertInstanceOf(Trusted.class, CertificateJudge.judge(trusted, peer, NOW));
  }

  private Untrusted refused(PeerCertificates peer) {
    return assertInstanceOf(Untrusted.class, CertificateJudge.judge(trusted, peer, NOW));
  }
}
