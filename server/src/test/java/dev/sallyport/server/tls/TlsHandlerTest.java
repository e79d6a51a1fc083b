package dev.sallyport.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.config.ClientAddressConfig;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Handshakes of a real client with both engines. The numbers are those of the project's list of
 * attacks; counts are smaller than there.
 */
@ParameterizedClass
@EnumSource(TlsEngine.class)
final class TlsHandlerTest {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private final TlsEngine engine;
  private final FileWatcher watcher = new FileWatcher();

  @SuppressWarnings("NullAway.Init")
  private Listener listener;

  TlsHandlerTest(TlsEngine engine) {
    this.engine = engine;
  }

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
            100,
            ClientAddressConfig.PEER);
    Watched<TlsContexts> contexts = TlsContextFactory.watch(engine, config, watcher);
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void case49OldVersionsOfTlsGetAnAlert(int minor) throws Exception {
    InetSocketAddress address = listener.address();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(clientHello(minor));
      byte[] answer = socket.getInputStream().readNBytes(7);
      assertEquals(7, answer.length, "an alert");
      assertEquals(21, answer[0]);
      assertEquals(2, answer[5], "fatal");
      assertEquals(70, answer[6], "protocol_version");
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  /** A ClientHello of TLS 1.0 or 1.1, whose clients know no extension that names newer versions. */
  private static byte[] clientHello(int minor) {
    ByteBuffer body = ByteBuffer.allocate(256);
    body.put((byte) 3).put((byte) minor).put(new byte[32]).put((byte) 0);
    short[] suites = {(short) 0xc009, (short) 0xc013, (short) 0xc00a, (short) 0xc014, 0x2f, 0x35};
    body.putShort((short) (2 * suites.length));
    for (short suite : suites) {
      body.putShort(suite);
    }
    body.put((byte) 1).put((byte) 0);
    byte[] groups = {0, 10, 0, 6, 0, 4, 0, 23, 0, 24, 0, 11, 0, 2, 1, 0};
    body.putShort((short) groups.length).put(groups);
    int length = body.position();
    ByteBuffer hello = ByteBuffer.allocate(9 + length);
    hello.put((byte) 22).put((byte) 3).put((byte) 1).putShort((short) (4 + length));
    hello.put((byte) 1).put((byte) 0).putShort((short) length).put(body.array(), 0, length);
    return hello.array();
  }

  @Test
  void case50ClientsDoNotRenegotiate() throws Exception {
    for (int i = 0; i < 20; i++) {
      SSLSocket socket =
          connect(TestServer.clientContext(), with -> with.setProtocols(new String[] {"TLSv1.2"}));
      assertThrows(
          IOException.class,
          () -> {
            socket.startHandshake();
            assertFalse(ask(socket).contains("200"), "served after a second handshake");
            throw new IOException("closed without an answer");
          });
    }
    assertTrue(ask(connect(TestServer.clientContext(), with -> {})).endsWith("nobody"));
  }

  @Test
  void case50NoTicketIsIssuedThatEarlyDataCouldComeWith() throws Exception {
    assumeTrue(engine == TlsEngine.OPENSSL, "the JDK's TLS knows no early data");
    SSLContext client = TestServer.clientContext();
    SSLSocket socket = connect(client, with -> with.setProtocols(new String[] {"TLSv1.3"}));
    assertTrue(ask(socket).endsWith("nobody"));
    List<byte[]> sessions = Collections.list(client.getClientSessionContext().getIds());
    assertEquals(1, sessions.size(), "the handshake's own; each ticket would be one more");
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
  void case51SilentConnectionsAreClosedAndKeepNobodyOut() throws Exception {
    InetSocketAddress address = listener.address();
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        idle.add(socket);
        socket.setSoTimeout(15_000);
        if (i % 2 == 0) {
          socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
        }
      }
      assertTrue(ask(connect(TestServer.clientContext(), with -> {})).endsWith("nobody"));
      for (Socket socket : idle) {
        assertEquals(-1, socket.getInputStream().read());
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
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
    Files.writeString(certificate, PemWriter.certificates(fresh.chain()).substring(0, 200));
    watcher.poll(); // half a file
    assertEquals(before, shown());
    Files.writeString(certificate, PemWriter.certificates(fresh.chain()));
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
