package dev.sallyport.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.ServingConfig;
import dev.sallyport.config.SniKeyPair;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.Listener;
import dev.sallyport.server.netty.ListenerConfig;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.exchange.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of a real client. The numbers are those of the project's list of attacks. */
final class TlsHandlerTest {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private final FileWatcher watcher = new FileWatcher();

  @SuppressWarnings("NullAway.Init")
  private Listener listener;

  @BeforeEach
  void start() throws Exception {
    listener = listen(TlsVersion.TLS_1_2, List.of(), TlsHandlerTest::whoIsThere);
  }

  @AfterEach
  void stop() throws Exception {
    watcher.close();
    stop(listener);
  }

  private static void stop(Listener listener) throws Exception {
    listener.shutdown(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private KeyPairFiles write(String name, CertifiedKey pair) throws IOException {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    Files.writeString(certificate, PemWriter.certificates(pair.chain()));
    Files.writeString(key, PemWriter.privateKey(pair.key()));
    return new KeyPairFiles(certificate, key);
  }

  private Listener listen(TlsVersion oldest, List<String> suites, HttpHandler handler)
      throws Exception {
    ServingConfig config =
        new ServingConfig(
            InetAddress.getLoopbackAddress(),
            0,
            write("default", TestServer.certificate("default.test")),
            List.of(
                new SniKeyPair(write("exact", TestServer.certificate("exact.test")), List.of()),
                new SniKeyPair(
                    write("wild", TestServer.certificate("wild.test")), List.of("*.wild.test"))),
            oldest,
            suites,
            100);
    Watched<TlsContexts> contexts = TlsContextFactory.watch(config, watcher);
    ListenerConfig where =
        new ListenerConfig(
            List.of(new InetSocketAddress(config.bindAddress(), 0)),
            HttpLimits.DEFAULTS,
            Duration.ofMillis(1500),
            1);
    return Listener.start(where, contexts::current, handler)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static Answer<Response> whoIsThere(Request request) {
    List<X509Certificate> chain = request.connection().peer().chain();
    return Answer.now(
        TestServer.text(
            200, chain.isEmpty() ? "nobody" : chain.get(0).getSubjectX500Principal().getName()));
  }

  private interface Setup {
    void apply(SSLParameters parameters);
  }

  private SSLSocket connect(SSLContext context, Setup setup) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(listener.address().getAddress(), listener.address().getPort());
    SSLParameters parameters = socket.getSSLParameters();
    setup.apply(parameters);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(15_000);
    socket.startHandshake();
    return socket;
  }

  private static String servedName(SSLSocket socket) throws Exception {
    try (socket) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static String ask(SSLSocket socket) throws IOException {
    try (socket) {
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static SSLContext contextWith(CertifiedKey identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "me", identity.key(), new char[0], identity.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    return TestServer.clientContext(keys.getKeyManagers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void takesAnyClientCertificateUnjudged(String version) throws Exception {
    SSLContext me = contextWith(TestServer.client("alice"));
    SSLSocket socket = connect(me, with -> with.setProtocols(new String[] {version}));
    assertEquals(version, socket.getSession().getProtocol());
    assertTrue(ask(socket).endsWith("CN=alice"));
    assertTrue(ask(connect(TestServer.clientContext(), with -> {})).endsWith("nobody"));
  }

  @Test
  void laterConnectionsShowTheirCertificateAgain() throws Exception {
    SSLContext me = contextWith(TestServer.client("alice"));
    for (int i = 0; i < 3; i++) {
      assertTrue(ask(connect(me, with -> {})).endsWith("CN=alice"), "connection " + i);
    }
  }

  @Test
  void choosesTheCertificateByServerName() throws Exception {
    assertEquals("CN=exact.test", servedFor("exact.test"));
    assertEquals("CN=exact.test", servedFor("EXACT.test"));
    assertEquals("CN=wild.test", servedFor("a.wild.test"));
    assertEquals("CN=default.test", servedFor("a.b.wild.test"));
    assertEquals("CN=default.test", servedFor("other.test"));
    assertEquals("CN=default.test", servedName(connect(TestServer.clientContext(), with -> {})));
  }

  private String servedFor(String name) throws Exception {
    return servedName(
        connect(
            TestServer.clientContext(),
            with -> with.setServerNames(List.of(new SNIHostName(name)))));
  }

  @Test
  void case49NegotiatesTheProtocol() throws Exception {
    assertEquals("h2", protocol("h2", "http/1.1"));
    assertEquals("h2", protocol("http/1.1", "h2"));
    assertEquals("http/1.1", protocol("http/1.1"));
    assertEquals("", protocol());
    SSLException refused = assertThrows(SSLException.class, () -> protocol("spdy/3"));
    assertTrue(String.valueOf(refused.getMessage()).contains("no_application_protocol"));
  }

  private String protocol(String... offered) throws Exception {
    try (SSLSocket socket =
        connect(TestServer.clientContext(), with -> with.setApplicationProtocols(offered))) {
      return socket.getApplicationProtocol();
    }
  }

  @Test
  void oldestVersionAndSuitesAreKept() throws Exception {
    Listener strict = listen(TlsVersion.TLS_1_3, List.of(), TlsHandlerTest::whoIsThere);
    Listener before = listener;
    listener = strict;
    try {
      assertThrows(
          IOException.class,
          () ->
              connect(
                  TestServer.clientContext(), with -> with.setProtocols(new String[] {"TLSv1.2"})));
    } finally {
      listener = before;
      stop(strict);
    }
    Listener narrow =
        listen(
            TlsVersion.TLS_1_2,
            List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
            TlsHandlerTest::whoIsThere);
    listener = narrow;
    try (SSLSocket socket =
        connect(TestServer.clientContext(), with -> with.setProtocols(new String[] {"TLSv1.2"}))) {
      assertEquals("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", socket.getSession().getCipherSuite());
    } finally {
      listener = before;
      stop(narrow);
    }
  }

  @Test
  void case51SilentConnectionsAreClosed() throws Exception {
    InetSocketAddress address = listener.address();
    try (Socket silent = new Socket(address.getAddress(), address.getPort());
        Socket slow = new Socket(address.getAddress(), address.getPort())) {
      silent.setSoTimeout(15_000);
      slow.setSoTimeout(15_000);
      slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      assertEquals(-1, silent.getInputStream().read());
      assertEquals(-1, slow.getInputStream().read());
    }
  }

  @Test
  void case70ChangedCertificateServesNewConnections() throws Exception {
    SSLSocket standing = connect(TestServer.clientContext(), with -> {});
    String before = standing.getSession().getPeerCertificates()[0].toString();
    CertifiedKey fresh = TestServer.certificate("default.test");
    Path certificate = folder.resolve("default.crt");
    Files.writeString(certificate, PemWriter.certificates(fresh.chain()));
    watcher.poll(); // half a change: the key is still the old one
    assertEquals(before, shown());
    Files.writeString(folder.resolve("default.key"), PemWriter.privateKey(fresh.key()));
    watcher.poll();
    assertNotEquals(before, shown());
    assertEquals(fresh.leaf().toString(), shown());
    assertTrue(ask(standing).endsWith("nobody"), "a standing connection goes on");
  }

  private String shown() throws Exception {
    try (SSLSocket socket = connect(TestServer.clientContext(), with -> {})) {
      return socket.getSession().getPeerCertificates()[0].toString();
    }
  }

  @Test
  void noTlsIsNoAnswer() throws Exception {
    InetSocketAddress address = listener.address();
    try (Socket plain = new Socket(address.getAddress(), address.getPort())) {
      plain.setSoTimeout(15_000);
      plain.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = plain.getInputStream().readAllBytes();
      assertFalse(new String(answer, StandardCharsets.ISO_8859_1).contains("HTTP/"));
    }
  }
}
