package dev.sallyport.authn.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Credential;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RevocationsTest {
  private static final UserInfo JOE = UserInfo.of("joe");
  private static final long MAY = Instant.parse("2026-05-01T00:00:00Z").toEpochMilli();
  private static final Credential TOKEN = new Credential("JTI=t-1", null, MAY, Credential.NEVER);

  private final Revocations revocations = new Revocations();

  @Test
  void nothingIsRefusedWhileNothingIsCalledIn() {
    assertNull(revocations.refusal(JOE, TOKEN));
    assertNull(revocations.refusal(JOE, Credential.NONE));
  }

  @Test
  void refusesATokenByItsId() {
    revocations.put(Revocation.ofTokenId("lost", "t-1"));

    assertEquals(
        "the credential is revoked by CredentialRevocation lost", revocations.refusal(JOE, TOKEN));
    assertNull(revocations.refusal(JOE, new Credential("JTI=t-2", null, MAY, Credential.NEVER)));
    assertNull(revocations.refusal(JOE, Credential.NONE));
  }

  @Test
  void refusesACertificateByFingerprintOrSerialNumber() {
    X509Certificate certificate = certificate();
    Credential credential = new Credential("X509SHA256=abc", certificate, MAY, Credential.NEVER);

    revocations.put(Revocation.ofFingerprint("print", "abc"));
    assertNotNull(revocations.refusal(JOE, credential));
    revocations.remove("print");
    assertNull(revocations.refusal(JOE, credential));

    revocations.put(
        Revocation.ofSerialNumber("serial", certificate.getSerialNumber().toString(16)));
    assertNotNull(revocations.refusal(JOE, credential));
    assertNull(revocations.refusal(JOE, TOKEN));
  }

  @Test
  void refusesWhatAUserHeldBeforeAndWhatDoesNotTellItsAge() {
    revocations.put(Revocation.ofUser("all-of-joe", "joe", MAY));

    assertNull(revocations.refusal(JOE, TOKEN));
    assertNotNull(
        revocations.refusal(JOE, new Credential("JTI=t-0", null, MAY - 1, Credential.NEVER)));
    assertNotNull(revocations.refusal(JOE, Credential.NONE));
    assertNull(revocations.refusal(UserInfo.of("ann"), Credential.NONE));
  }

  @Test
  void aRevocationThatIsChangedLetsNobodyInMeanwhile() throws Exception {
    revocations.put(Revocation.ofUser("joe", "joe", MAY + 1));
    AtomicBoolean over = new AtomicBoolean();
    Thread editor =
        new Thread(
            () -> {
              for (int i = 0; !over.get(); i++) {
                revocations.put(Revocation.ofUser("joe", "joe", MAY + 1 + i % 2));
              }
            });
    editor.start();
    int admitted = 0;
    for (int i = 0; i < 300_000; i++) {
      admitted += revocations.refusal(JOE, TOKEN) == null ? 1 : 0;
    }
    over.set(true);
    editor.join();

    assertEquals(0, admitted);
  }

  @Test
  void oneRevocationOfTwoThatIsTakenBackLeavesTheOther() {
    revocations.put(Revocation.ofTokenId("first", "t-1"));
    revocations.put(Revocation.ofTokenId("second", "t-1"));
    revocations.remove("first");
    assertNotNull(revocations.refusal(JOE, TOKEN));

    revocations.put(Revocation.ofTokenId("second", "t-9"));
    assertNull(revocations.refusal(JOE, TOKEN));
  }

  @Test
  void tellsListenersOfWhatIsCalledInAndNotOfWhatIsTakenBack() {
    AtomicInteger told = new AtomicInteger();
    revocations.onChange(told::incrementAndGet);
    revocations.put(Revocation.ofTokenId("lost", "t-1"));
    revocations.remove("lost");

    assertEquals(1, told.get());
  }

  @Test
  void theGuardTurnsBackOnlyWhoseCredentialIsCalledIn() {
    Answer<AuthenticationResult> good = Answer.now(new Authenticated(JOE, Audiences.ANY, TOKEN));
    RevocationGuard guard = new RevocationGuard(revocations);
    assertSame(good, guard.around((token, audiences) -> good).authenticate("t", Audiences.ANY));

    revocations.put(Revocation.ofTokenId("lost", "t-1"));
    Answer<AuthenticationResult> judged =
        guard.around((token, audiences) -> good).authenticate("t", Audiences.ANY);
    Rejected rejected =
        assertInstanceOf(Rejected.class, ((Answer.Now<AuthenticationResult>) judged).value());
    assertEquals("revocation", rejected.refusals().get(0).authenticator());
  }

  private static X509Certificate certificate() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Instant to = Instant.parse("2046-01-01T00:00:00Z");
    return CertificateAuthority.create("ca", from, to)
        .issue(CertificateSpec.client("joe", List.of(), from, to))
        .chain()
        .get(0);
  }
}
