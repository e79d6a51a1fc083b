package dev.sallyport.server.endpoint.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.factory.UpstreamFactory;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.tls.TlsEngine;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend behind TLS that wants a client's certificate, with either engine on our side. */
@ParameterizedClass
@ValueSource(strings = {"openssl", "jdk"})
final class TlsUpstreamTest {

  private static final Instant NOW = Instant.now();
  private static final CertificateAuthority CA = authority();

  private final String engine;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private final FileWatcher watcher = new FileWatcher();

  TlsUpstreamTest(String engine) {
    this.engine = engine;
  }

  private static CertificateAuthority authority() {
    return CertificateAuthority.create("upstreams", NOW.minusSeconds(60), NOW.plusSeconds(3600));
  }

  @BeforeEach
  void chooseEngine() {
    System.setProperty(TlsEngine.PROPERTY, engine);
  }

  @AfterEach
  void end() {
    System.clearProperty(TlsEngine.PROPERTY);
    watcher.close();
  }

  /** Serves as {@code backend.test} and 127.0.0.1, to clients that the authority knows. */
  private static StubUpstream backend() throws Exception {
    CertifiedKey serving =
        CA.issue(
            CertificateSpec.server(
                "backend.test",
                List.of("backend.test"),
                List.of(InetAddress.getByName("127.0.0.1")),
                NOW.minusSeconds(60),
                NOW.plusSeconds(3600)));
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "me", serving.key(), new char[0], serving.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("ca", CA.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return new StubUpstream(socket, (seen, out) -> StubUpstream.ok(out, "inside"));
  }

  private HttpResponse<String> ask(URI url, CertificateAuthority trusted) throws Exception {
    Path ca =
        Files.writeString(folder.resolve("ca.crt"), PemWriter.certificate(trusted.certificate()));
    CertifiedKey us =
        CA.issue(
            CertificateSpec.client(
                "sallyport", List.of(), NOW.minusSeconds(60), NOW.plusSeconds(3600)));
    Path certificate =
        Files.writeString(folder.resolve("us.crt"), PemWriter.certificates(us.chain()));
    Path key = Files.writeString(folder.resolve("us.key"), PemWriter.privateKey(us.key()));
    Path token = Files.writeString(folder.resolve("token"), "our-own\n");
    UpstreamConfig config =
        new UpstreamConfig(
            url,
            new UpstreamTls(
                Optional.of(ca), Optional.of(new KeyPairFiles(certificate, key)), Optional.empty()),
            Optional.of(token),
            UpstreamIdentity.IMPERSONATE);
    try (Upstream upstream = UpstreamFactory.create(config, watcher, Buffers.POOL)) {
      ProxyEndpoint endpoint = new ProxyEndpoint(upstream, true);
      try (TestServer server =
          TestServer.start(
              request ->
                  endpoint.answer(
                      RequestContext.of(request, "audit")
                          .authenticated(UserInfo.of("ann"), Credential.NONE, request)))) {
        return HttpClient.newBuilder()
            .sslContext(TestServer.clientContext())
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/x"))
                    .timeout(Duration.ofSeconds(20))
                    .build(),
                BodyHandlers.ofString());
      }
    }
  }

  @Test
  void showsItsCertificateAndToken() throws Exception {
    try (StubUpstream backend = backend()) {
      HttpResponse<String> answer = ask(backend.tlsUrl("127.0.0.1"), CA);
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("inside", answer.body());
      assertEquals(List.of("CN=sallyport"), backend.peers);
      assertTrue(backend.seen.get(0).has("authorization: bearer our-own"));
      assertTrue(backend.seen.get(0).has("impersonate-user: ann"));
    }
  }

  @Test
  void case71AnUpstreamOfAnotherAuthorityGetsNothing() throws Exception {
    try (StubUpstream backend = backend()) {
      refused(ask(backend.tlsUrl("127.0.0.1"), authority()), backend);
    }
  }

  @Test
  void case71AnUpstreamForAnotherHostGetsNothing() throws Exception {
    try (StubUpstream backend = backend()) {
      refused(ask(backend.tlsUrl("localhost"), CA), backend);
    }
  }

  private static void refused(HttpResponse<String> answer, StubUpstream backend) {
    assertEquals(503, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"reason\":\"ServiceUnavailable\""), answer.body());
    assertEquals(List.of(), backend.seen);
  }
}
