package dev.sallyport.authn.x509;

import static dev.sallyport.authn.x509.TestCertificates.NOW;
import static dev.sallyport.authn.x509.TestCertificates.authority;
import static dev.sallyport.authn.x509.TestCertificates.bundle;
import static dev.sallyport.authn.x509.TestCertificates.client;
import static dev.sallyport.authn.x509.TestCertificates.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.x509.TestCertificates.Made;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers are those of the project's list of attacks. */
class X509AuthenticatorTest {
  private static final ASN1ObjectIdentifier USER_ID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.57683.2");

  private final SettableClock clock = new SettableClock();
  private Made ca;
  private TrustBundle trusted;
  private int executed;

  private static final class SettableClock extends Clock {
    private Instant now = Instant.ofEpochMilli(NOW);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void makeAuthority() throws Exception {
    ca = authority("CN=ca").make();
    trusted = bundle(ca);
  }

  @Test
  void readsUserGroupsAndFingerprint() throws Exception {
    Made made = client("O=dev,O=ops,CN=alice").by(ca).make();
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(made.certificate().getEncoded()));
    assertEquals(
        new UserInfo(
            "alice",
            "",
            List.of("dev", "ops"),
            Map.of("authentication.kubernetes.io/credential-id", List.of("X509SHA256=" + digest))),
        user(made));
  }

  @Test
  void withoutACertificateThereIsNoCredential() {
    Results.assertAbstained(authenticator().authenticate(new TestRequest()));
  }

  @Test
  void case64WithoutACommonNameThereIsNoUser() throws Exception {
    Results.assertAbstained(authenticate(peer(client("O=dev").by(ca).make())));
    Results.assertAbstained(authenticate(peer(client("CN=").by(ca).make())));
  }

  @Test
  void case66TheLastCommonNameWins() throws Exception {
    assertEquals("second", user(client("CN=first,O=dev,CN=second").by(ca).make()).name());
  }

  @Test
  void case66ReadsOneUserIdAndRefusesTwoOrAnEmptyOne() throws Exception {
    assertEquals("u-1", user(client(name("u-1")).by(ca).make()).uid());
    Results.reason(authenticate(peer(client(name("u-1", "u-2")).by(ca).make())));
    Results.reason(authenticate(peer(client(name("")).by(ca).make())));
  }

  @Test
  void case67ReadsAllOrganizationsOfAMultiValuedName() throws Exception {
    X500Name name =
        new X500Name(
            new RDN[] {
              new RDN(
                  new AttributeTypeAndValue[] {
                    attribute(BCStyle.O, new DERUTF8String("one")),
                    attribute(BCStyle.CN, new DERUTF8String("ann"))
                  }),
              new RDN(attribute(BCStyle.O, new DERUTF8String("two"))),
              new RDN(attribute(BCStyle.O, new DERUTF8String("three")))
            });
    UserInfo user = user(client(name).by(ca).make());
    assertEquals("ann", user.name());
    assertEquals(List.of("one", "three", "two"), user.groups().stream().sorted().toList());
  }

  @Test
  void case67ReadsTheSameNameFromEveryStringType() throws Exception {
    for (ASN1Encodable text :
        List.of(
            new DERUTF8String("ann b"),
            new DERPrintableString("ann b"),
            new DERBMPString("ann b"),
            new DERT61String("ann b"))) {
      X500Name name = new X500Name(new RDN[] {new RDN(attribute(BCStyle.CN, text))});
      assertEquals("ann b", user(client(name).by(ca).make()).name());
    }
  }

  @Test
  void case69FoldsNothing() throws Exception {
    assertEquals("аdmin", user(client("CN=аdmin").by(ca).make()).name());
    assertNotEquals("admin", user(client("CN=аdmin").by(ca).make()).name());
    assertEquals("Admin", user(client("CN=Admin").by(ca).make()).name());
    assertEquals("e\u0301", user(client("CN=e\u0301").by(ca).make()).name());
    assertEquals("admin ", user(client("CN=admin\\ ").by(ca).make()).name());
  }

  @Test
  void judgesAConnectionOnceAndAnswersFromMemoryAfterwards() throws Exception {
    PeerCertificates peer = peer(client("CN=ann").by(ca).make());
    X509Authenticator authenticator = authenticator();
    TestRequest request = new TestRequest().from(peer);
    assertInstanceOf(Answer.Later.class, authenticator.authenticate(request));
    assertInstanceOf(Answer.Now.class, authenticator.authenticate(request));
    PeerCertificates stranger = peer(client("CN=ann").make());
    TestRequest bad = new TestRequest().from(stranger);
    assertInstanceOf(Answer.Later.class, authenticator.authenticate(bad));
    assertInstanceOf(Answer.Now.class, authenticator.authenticate(bad));
    assertEquals(2, executed);
  }

  @Test
  void case59RefusesACertificateThatExpiresOnAKeptConnection() throws Exception {
    Instant end = clock.instant().plus(Duration.ofMinutes(1));
    PeerCertificates peer = peer(client("CN=ann").by(ca).valid(TestCertificates.FROM, end).make());
    X509Authenticator authenticator = authenticator();
    TestRequest request = new TestRequest().from(peer);
    assertEquals("ann", Results.user(authenticator.authenticate(request)).name());
    clock.now = end.plusMillis(1);
    Results.reason(authenticator.authenticate(request));
  }

  @Test
  void case60JudgesAKeptConnectionByTodaysBundle() throws Exception {
    PeerCertificates peer = peer(client("CN=ann").by(ca).make());
    X509Authenticator authenticator = authenticator();
    TestRequest request = new TestRequest().from(peer);
    assertEquals("ann", Results.user(authenticator.authenticate(request)).name());
    trusted = bundle(authority("CN=new").make());
    Results.reason(authenticator.authenticate(request));
    trusted = bundle(ca);
    assertEquals("ann", Results.user(authenticator.authenticate(request)).name());
  }

  private UserInfo user(Made made) {
    return Results.user(authenticate(peer(made)));
  }

  private Answer<AuthenticationResult> authenticate(PeerCertificates peer) {
    return authenticator().authenticate(new TestRequest().from(peer));
  }

  private X509Authenticator authenticator() {
    return new X509Authenticator(
        () -> trusted,
        clock,
        task -> {
          executed++;
          task.run();
        });
  }

  private static X500Name name(String... uids) {
    RDN[] parts = new RDN[uids.length + 1];
    parts[0] = new RDN(attribute(BCStyle.CN, new DERUTF8String("ann")));
    for (int i = 0; i < uids.length; i++) {
      parts[i + 1] = new RDN(attribute(USER_ID, new DERUTF8String(uids[i])));
    }
    return new X500Name(parts);
  }

  private static AttributeTypeAndValue attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new AttributeTypeAndValue(type, value);
  }
}
