package dev.sallyport.authn.token.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.factory.Connectors;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubRequest;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchedKeysTest {
  private static final String K1 = TestKeys.jwk("k1", TestKeys.RSA.getPublic());
  private static final String K2 = TestKeys.jwk("k2", TestKeys.OTHER_RSA.getPublic());

  /** What was put off, with its delay. */
  private record PutOff(Duration delay, Runnable task) {}

  private final CertificateAuthority authority = StubServer.authority("idp");
  private final HttpsConnector connector = Connectors.create();
  private final TestIssuer.SettableClock clock = new TestIssuer.SettableClock();
  private final BlockingQueue<PutOff> putOff = new LinkedBlockingQueue<>();
  private StubServer idp;
  private FetchedKeys keys;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    idp = StubServer.start(StubServer.certificate(authority), StubReply.json(500, "{}"));
    publish(K1);
    keys = keys(authority, Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws IOException {
    keys.close();
    connector.close();
    idp.close();
  }

  @Test
  void keysAreThereBeforeTheFirstToken() throws InterruptedException {
    keys.start();
    assertEquals(REFRESH, next().delay());
    assertEquals(List.of(TestKeys.RSA.getPublic()), known("k1"));
    assertEquals(2, idp.requests().size());
  }

  @Test
  void aTokenThatComesFirstWaitsForThem() {
    keys.start();
    assertEquals(List.of(TestKeys.RSA.getPublic()), known("k1"));
  }

  @Test
  void equalKeysStayTheSameSoThatVerifiedTokensStayVerified() throws InterruptedException {
    keys.start();
    PutOff refresh = next();
    KeySet before = current().orElseThrow();
    refresh.task().run();
    PutOff second = next();
    assertSame(before, current().orElseThrow());
    publish(K1, K2);
    second.task().run();
    next();
    assertNotSame(before, current().orElseThrow());
    assertTrue(keys.are(current().orElseThrow()));
  }

  @Test
  void case102AnUnknownKeyIsLookedForButNotTooOften() throws InterruptedException {
    keys.start();
    next();
    publish(K1, K2);
    refreshed();
    assertEquals(2, idp.requests().size(), "too soon after the last fetch");
    clock.now = clock.now.plus(FetchedKeys.DISTANCE);
    refreshed();
    assertEquals(List.of(TestKeys.OTHER_RSA.getPublic()), known("k2"));
    refreshed();
    refreshed();
    assertEquals(4, idp.requests().size());
  }

  @Test
  void case102AWithdrawnKeyIsGoneWithTheNextRefresh() throws InterruptedException {
    keys.start();
    PutOff refresh = next();
    publish(K2);
    refresh.task().run();
    next();
    assertEquals(List.of(), known("k1"));
  }

  @Test
  void anOvertakenRefreshDoesNotRunTwice() throws InterruptedException {
    keys.start();
    PutOff refresh = next();
    clock.now = clock.now.plus(FetchedKeys.DISTANCE);
    refreshed();
    next();
    refresh.task().run();
    assertEquals(4, idp.requests().size());
  }

  @Test
  void triesAgainSoonerThanItRefreshesAndEverLater() throws InterruptedException {
    idp.reply(StubReply.json(503, "{}"));
    keys.start();
    Duration last = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      PutOff retry = next();
      assertTrue(retry.delay().compareTo(last) > 0, retry.delay().toString());
      last = retry.delay();
      assertEquals(Optional.empty(), current());
      retry.task().run();
    }
    next();
    publish(K1);
    clock.now = clock.now.plusSeconds(60);
    refreshed();
    assertEquals(List.of(TestKeys.RSA.getPublic()), known("k1"));
  }

  @Test
  void case112WhateverAnIssuerAnswersItsOldKeysStay() throws InterruptedException {
    keys.start();
    PutOff refresh = next();
    String elsewhere =
        "HTTP/1.1 302 X\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n";
    for (StubReply reply :
        List.of(
            StubReply.json(200, "<html>please log in</html>"),
            StubReply.raw(elsewhere),
            StubReply.json(200, "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"x\"}"),
            StubReply.json(200, metadata().replace("https://localhost", "http://localhost")),
            StubReply.json(200, metadata().replace("/jwks", "/jwks#x")),
            StubReply.json(200, "[" + metadata() + "]"),
            StubReply.json(404, metadata()),
            jwks("{\"keys\":[]}"),
            jwks("{\"keys\":{}}"),
            jwks("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}"),
            jwks("[".repeat(1_000)),
            (request, out) -> {
              throw new IOException("hangs up");
            },
            (request, out) -> huge(out))) {
      idp.reply(reply);
      refresh.task().run();
      refresh = next();
      assertEquals(List.of(TestKeys.RSA.getPublic()), known("k1"));
    }
  }

  @Test
  void case112AnAnswerByteByByteIsGivenUp() throws Exception {
    keys.close();
    CountDownLatch end = new CountDownLatch(1);
    idp.reply(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 X\r\nContent-Length: 1000000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          out.flush();
          try {
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
              out.write('{');
              out.flush();
            }
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    keys = keys(authority, Duration.ofMillis(300));
    keys.start();
    PutOff retry = next(); // there is a next step only because the deadline ended this one
    assertTrue(retry.delay().compareTo(REFRESH) < 0);
    assertEquals(Optional.empty(), current());
    end.countDown();
  }

  @Test
  void case71AnIssuerOfAnotherAuthorityIsNotBelieved() throws Exception {
    keys.close();
    keys = keys(StubServer.authority("another"), Duration.ofSeconds(20));
    keys.start();
    next();
    assertEquals(Optional.empty(), current());
    assertEquals(List.of(), idp.requests());
  }

  private static final Duration REFRESH = FetchedKeys.REFRESH;

  private FetchedKeys keys(CertificateAuthority trusted, Duration deadline) {
    KeyOrigin.Discovered origin = KeyOrigin.Discovered.at(issuer(), List.of(trusted.certificate()));
    KeyFetch fetch =
        new KeyFetch(
            origin, connector.client(TlsPeer.of(origin.authorities())), deadline, Runnable::run);
    return new FetchedKeys(
        issuer(), fetch, clock, (delay, task) -> putOff.add(new PutOff(delay, task)));
  }

  private String issuer() {
    return idp.url("/realms/a").toString();
  }

  private String metadata() {
    return "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + idp.url("/jwks") + "\"}";
  }

  private void publish(String... published) {
    idp.reply(jwks(TestKeys.keySet(published)));
  }

  /** A discovery document as it should be, and this key set. */
  private StubReply jwks(String set) {
    return (request, out) ->
        StubReply.whole(out, 200, "application/json", discovery(request) ? metadata() : set);
  }

  private static boolean discovery(StubRequest request) {
    return request.line().startsWith("GET /realms/a/.well-known/openid-configuration ");
  }

  private static void huge(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 X\r\nContent-Length: 104857600\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] block = new byte[1 << 16];
    for (int i = 0; i < 1600; i++) {
      out.write(block);
    }
  }

  private PutOff next() throws InterruptedException {
    PutOff next = putOff.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was put off");
    }
    return next;
  }

  private List<PublicKey> known(String keyId) {
    return current().map(set -> set.candidates(keyId)).orElse(List.of());
  }

  private Optional<KeySet> current() {
    return keys.current().toStage().toCompletableFuture().join();
  }

  private void refreshed() {
    var unused = keys.refreshed().toStage().toCompletableFuture().join();
  }
}
