package dev.sallyport.authn.token.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.webhook.BodySink;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.TlsPeer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IssuersTest {
  private final TestIssuer.SettableClock clock = new TestIssuer.SettableClock();

  /** Issuers that answer at once, but for those whose name has dead in it: they never do. */
  private static final class Idps implements HttpsConnector {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    volatile String keySet = TestKeys.keySet(TestKeys.jwk("k1", TestKeys.RSA.getPublic()));

    @Override
    public HttpsClient client(TlsPeer peer) {
      open.incrementAndGet();
      opened.incrementAndGet();
      return new HttpsClient() {
        @Override
        public HttpsCall send(HttpsRequest request) {
          return call(request.url().toString());
        }

        @Override
        public HttpsCall stream(HttpsRequest request, BodySink sink) {
          throw new AssertionError("no issuer is streamed");
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }

    private HttpsCall call(String url) {
      Answer<HttpsReply> answer =
          url.contains("dead")
              ? Answer.later(new CompletableFuture<>())
              : Answer.now(new HttpsReply(200, List.of(), body(url)));
      return new HttpsCall() {
        @Override
        public Answer<HttpsReply> answer() {
          return answer;
        }

        @Override
        public void cancel() {
          throw new IllegalStateException(CallException.Kind.CANCELLED.name());
        }
      };
    }

    private byte[] body(String url) {
      int at = url.indexOf("/.well-known");
      String text =
          at < 0
              ? keySet
              : "{\"issuer\":\""
                  + url.substring(0, at)
                  + "\",\"jwks_uri\":\""
                  + url.substring(0, at)
                  + "/keys\"}";
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {}
  }

  private final Idps idps = new Idps();
  private final Issuers issuers = new Issuers(idps, clock, (delay, task) -> {}, Runnable::run);
  private final OidcAuthenticator authenticator =
      new OidcAuthenticator(issuers, TestRequest.API, clock);

  private static Issuer issuer(String url, String prefix) {
    return new Issuer(
        url,
        KeyOrigin.Discovered.at(url, List.of()),
        Set.of("kube"),
        Set.of("RS256"),
        List.of(),
        new UserMapping(
            Mappings.username("sub", prefix),
            Mappings.always(List.of()),
            Mappings.always(""),
            Map.of()),
        List.of());
  }

  private void take(Issuer... listed) {
    issuers.take(List.of(listed), new SystemNames(Set.of()));
  }

  private Answer<AuthenticationResult> ask(String issuer) {
    String claims = TestIssuer.claims("").replace(TestIssuer.URL, issuer);
    return authenticator.authenticate(TestIssuer.token(claims), TestRequest.API);
  }

  @Test
  void aReloadKeepsTheKeysAndTakesTheNewRules() {
    take(issuer("https://a", "one:"));
    assertEquals("one:s-1", Results.user(ask("https://a")).name());
    take(issuer("https://a", "two:"), issuer("https://b", ""));
    assertEquals("two:s-1", Results.user(ask("https://a")).name());
    assertEquals("s-1", Results.user(ask("https://b")).name());
    assertEquals(2, idps.opened.get());
    take(issuer("https://b", ""));
    assertEquals(1, idps.open.get());
    assertEquals(Abstained.INSTANCE, Results.of(ask("https://a")));
    take();
    assertEquals(0, idps.open.get());
  }

  @Test
  void case112ADeadIssuerKeepsNobodyElseWaiting() {
    take(issuer("https://dead", ""), issuer("https://a", ""));
    Answer<AuthenticationResult> waiting = ask("https://dead");
    assertEquals("s-1", Results.user(ask("https://a")).name());
    assertEquals(
        false,
        assertInstanceOf(Answer.Later.class, waiting).stage().toCompletableFuture().isDone());
  }

  @Test
  void case102AnIssuerWithoutKeyIdsMayRotateItsKeyToo() {
    take(issuer("https://a", ""));
    String claims = TestIssuer.claims("").replace(TestIssuer.URL, "https://a");
    String token =
        TestKeys.token("{\"alg\":\"RS256\"}", claims, "RS256", TestKeys.OTHER_RSA.getPrivate());
    Results.reason(authenticator.authenticate(token, TestRequest.API));
    idps.keySet = TestKeys.keySet(TestKeys.jwk("", TestKeys.OTHER_RSA.getPublic()));
    Results.reason(authenticator.authenticate(token, TestRequest.API)); // too soon to ask again
    clock.now = clock.now.plus(FetchedKeys.DISTANCE);
    assertEquals("s-1", Results.user(authenticator.authenticate(token, TestRequest.API)).name());
  }

  @Test
  void googlesTokensMayLeaveTheSchemeOut() {
    take(issuer("https://accounts.google.com", "g:"));
    assertEquals("g:s-1", Results.user(ask("accounts.google.com")).name());
  }

  @Test
  void noGoodTokenIsRefusedWhileTheConfigurationChangesAThousandTimes() throws Exception {
    take(issuer("https://a", "one:"));
    String token = TestIssuer.token(TestIssuer.claims("").replace(TestIssuer.URL, "https://a"));
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch asked = new CountDownLatch(1_000);
    CompletableFuture<List<String>> client =
        CompletableFuture.supplyAsync(
            () -> {
              while (!over.get() || asked.getCount() > 0) {
                AuthenticationResult result =
                    Results.of(authenticator.authenticate(token, TestRequest.API));
                asked.countDown();
                if (!(result instanceof Authenticated)) {
                  return List.of(result instanceof Rejected no ? no.reason() : "abstained");
                }
              }
              return List.of();
            });
    for (int i = 0; i < 1_000; i++) {
      take(issuer("https://a", i % 2 == 0 ? "one:" : "two:"), issuer("https://b" + i, ""));
    }
    over.set(true);
    assertEquals(List.of(), client.join());
    assertEquals("two:s-1", Results.user(ask("https://a")).name());
    assertEquals(2, idps.open.get());
  }
}
