package dev.sallyport.webhook.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.CallException.Kind;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom the client takes for the server that was meant, with both TLS engines. */
class ClientTlsTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final CertificateAuthority OTHER = StubServer.authority("other");
  private static final TlsPeer OURS = TlsPeer.of(List.of(CA.certificate()));
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void bothEnginesAreThere() {
    assertTrue(OpenSsl.isAvailable(), () -> String.valueOf(OpenSsl.unavailabilityCause()));
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void trustsItsAuthority(SslProvider engine) throws Exception {
    assertEquals(200, status(engine, OURS, StubServer.certificate(CA), "localhost"));
    assertEquals(200, status(engine, OURS, StubServer.certificate(CA), "127.0.0.1"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void case071CertificateOfAnotherAuthorityIsRefused(SslProvider engine) throws Exception {
    assertRefused(engine, OURS, StubServer.certificate(OTHER), "localhost");
    assertRefused(engine, TlsPeer.PUBLIC, StubServer.certificate(CA), "localhost");
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void case071CertificateForAnotherHostIsRefused(SslProvider engine) throws Exception {
    CertifiedKey elsewhere =
        StubServer.certificate(CA, List.of("elsewhere.example"), List.of(LOOPBACK));

    assertRefused(engine, OURS, elsewhere, "localhost");
    assertRefused(
        engine, OURS, StubServer.certificate(CA, List.of("localhost"), List.of()), "127.0.0.1");
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void case071NameInTheSubjectAloneIsRefused(SslProvider engine) throws Exception {
    assertRefused(
        engine, OURS, StubServer.certificate(CA, List.of(), List.of(LOOPBACK)), "localhost");
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void case071CertificateOfAClientIsRefused(SslProvider engine) throws Exception {
    Instant now = Instant.now();
    CertifiedKey client =
        CA.issue(
            CertificateSpec.client(
                "localhost", List.of(), now.minusSeconds(60), now.plusSeconds(600)));

    assertRefused(engine, OURS, client, "localhost");
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void serverNameStandsForTheHost(SslProvider engine) throws Exception {
    CertifiedKey own = StubServer.certificate(CA, List.of("hook.example"), List.of());
    TlsPeer named =
        new TlsPeer(List.of(CA.certificate()), Optional.empty(), Optional.of("hook.example"));

    assertEquals(200, status(engine, named, own, "127.0.0.1"));
    assertRefused(engine, named, StubServer.certificate(CA), "localhost");
  }

  @ParameterizedTest
  @EnumSource(
      value = SslProvider.class,
      names = {"JDK", "OPENSSL"})
  void showsItsOwnCertificate(SslProvider engine) throws Exception {
    Instant now = Instant.now();
    CertifiedKey identity =
        OTHER.issue(
            CertificateSpec.client(
                "sallyport", List.of(), now.minusSeconds(60), now.plusSeconds(600)));
    try (StubServer server =
        StubServer.startForClientsOf(
            OTHER.certificate(), StubServer.certificate(CA), StubReply.json(200, "{}"))) {
      TlsPeer known =
          new TlsPeer(List.of(CA.certificate()), Optional.of(identity), Optional.empty());

      assertEquals(200, ask(engine, known, server.url("/")));
      assertThrows(CallException.class, () -> ask(engine, OURS, server.url("/")));
    }
  }

  private static void assertRefused(SslProvider engine, TlsPeer peer, CertifiedKey own, String host)
      throws Exception {
    try (StubServer server = StubServer.start(own, StubReply.json(200, "{}"))) {
      CallException refused =
          assertThrows(CallException.class, () -> ask(engine, peer, url(server, host)));
      assertEquals(Kind.UNTRUSTED, refused.kind(), refused.getMessage());
      assertEquals(0, server.requests().size());
    }
  }

  private static int status(SslProvider engine, TlsPeer peer, CertifiedKey own, String host)
      throws Exception {
    try (StubServer server = StubServer.start(own, StubReply.json(200, "{}"))) {
      return ask(engine, peer, url(server, host));
    }
  }

  private static URI url(StubServer server, String host) {
    return URI.create("https://" + host + ":" + server.port() + "/");
  }

  private static int ask(SslProvider engine, TlsPeer peer, URI url) throws Exception {
    try (NettyConnector connector = new NettyConnector(engine)) {
      return connector
          .client(peer)
          .send(HttpsRequest.get(url, Duration.ofSeconds(30), 100))
          .answer()
          .toStage()
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS)
          .status();
    } catch (ExecutionException e) {
      throw assertInstanceOf(CallException.class, e.getCause());
    }
  }
}
