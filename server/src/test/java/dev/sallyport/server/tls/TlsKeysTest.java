package dev.sallyport.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.api.Answer;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.exchange.HttpLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys servers and clients may have, with either engine. */
final class TlsKeysTest {

  private static final Instant NOW = Instant.now();

  /** A kind of key. */
  private enum Kind {
    RSA_2048("RSA", 2048),
    P_256("EC", 256),
    P_384("EC", 384),
    P_521("EC", 521),
    ED25519("Ed25519", 0);

    private final String algorithm;
    private final int bits;

    Kind(String algorithm, int bits) {
      this.algorithm = algorithm;
      this.bits = bits;
    }

    KeyPair keys() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    }
  }

  private static Stream<Arguments> enginesAndKinds() {
    return Stream.of(TlsEngine.values())
        .flatMap(engine -> Stream.of(Kind.values()).map(kind -> Arguments.of(engine, kind)));
  }

  private static CertifiedKey client(Kind kind) throws Exception {
    KeyPair keys = kind.keys();
    CertificateSpec spec =
        CertificateSpec.client("alice", List.of(), NOW.minusSeconds(60), NOW.plusSeconds(3600));
    return new CertifiedKey(
        List.of(TestServer.CA.certify(spec, keys.getPublic())), keys.getPrivate());
  }

  private static CertifiedKey server(Kind kind) throws Exception {
    KeyPair keys = kind.keys();
    CertificateSpec spec =
        CertificateSpec.server(
            "a.test", List.of("a.test"), List.of(), NOW.minusSeconds(60), NOW.plusSeconds(3600));
    return new CertifiedKey(
        List.of(TestServer.CA.certify(spec, keys.getPublic())), keys.getPrivate());
  }

  private static Answer<Response> whoIsThere(Request request) {
    List<X509Certificate> chain = request.connection().peer().chain();
    return Answer.now(
        TestServer.text(
            200, chain.isEmpty() ? "nobody" : chain.get(0).getSubjectX500Principal().getName()));
  }

  private static String ask(TlsEngine engine, CertifiedKey serving, CertifiedKey identity)
      throws Exception {
    TlsContexts contexts =
        new TlsContextFactory(engine, TlsVersion.TLS_1_2, List.of()).single(serving);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "me", identity.key(), new char[0], identity.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext me = TestServer.clientContext(keys.getKeyManagers());
    try (TestServer server =
        TestServer.start(
            contexts, HttpLimits.DEFAULTS, Duration.ofSeconds(10), TlsKeysTest::whoIsThere)) {
      return HttpClient.newBuilder()
          .sslContext(me)
          .build()
          .send(
              HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/"))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @ParameterizedTest
  @MethodSource("enginesAndKinds")
  void servesWithEveryKindOfKey(TlsEngine engine, Kind kind) throws Exception {
    assertEquals("CN=alice", ask(engine, server(kind), client(Kind.P_256)));
  }

  @ParameterizedTest
  @MethodSource("enginesAndKinds")
  void takesClientsWithEveryKindOfKeyThatTheEngineKnows(TlsEngine engine, Kind kind)
      throws Exception {
    CertifiedKey identity = client(kind);
    if (engine == TlsEngine.OPENSSL && kind == Kind.ED25519) {
      // BoringSSL asks for no such proof: the client comes without a certificate.
      assertEquals("nobody", ask(engine, server(Kind.P_256), identity));
    } else if (engine == TlsEngine.OPENSSL && kind == Kind.P_521) {
      // This client takes any curve for asked for, and fails when it is to sign.
      assertThrows(SSLException.class, () -> ask(engine, server(Kind.P_256), identity));
    } else {
      assertEquals("CN=alice", ask(engine, server(Kind.P_256), identity));
    }
  }

  @Test
  void theEngineFollowsTheKeysOfClientsAuthorities() throws Exception {
    TlsEngine usual = TlsEngine.choose(List.of());
    assertEquals(
        usual,
        TlsEngine.choose(
            List.of(
                client(Kind.RSA_2048).leaf(),
                client(Kind.P_256).leaf(),
                client(Kind.P_384).leaf())));
    for (Kind rare : List.of(Kind.P_521, Kind.ED25519)) {
      assertEquals(
          TlsEngine.JDK, TlsEngine.choose(List.of(client(Kind.P_256).leaf(), client(rare).leaf())));
    }
  }
}
