package dev.sallyport.webhook.stub;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTPS server on the loopback address, a thread for each connection, whose every byte the test
 * decides. Connections are kept until a reply throws.
 */
public final class StubServer implements AutoCloseable {

  private final ServerSocket socket;
  private volatile StubReply reply;
  private final List<StubRequest> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private StubServer(ServerSocket socket, StubReply reply) {
    this.socket = socket;
    this.reply = reply;
    run("stub", this::accept);
  }

  /** An authority for a test. */
  public static CertificateAuthority authority(String name) {
    Instant now = Instant.now();
    return CertificateAuthority.create(name, now.minusSeconds(60), now.plus(Duration.ofHours(1)));
  }

  /** A certificate for the loopback address and the name localhost. */
  public static CertifiedKey certificate(CertificateAuthority authority) {
    return certificate(authority, List.of("localhost"), List.of(InetAddress.getLoopbackAddress()));
  }

  public static CertifiedKey certificate(
      CertificateAuthority authority, List<String> names, List<InetAddress> addresses) {
    Instant now = Instant.now();
    return authority.issue(
        CertificateSpec.server(
            "localhost", names, addresses, now.minusSeconds(60), now.plusSeconds(3000)));
  }

  /** HTTPS with that certificate. */
  public static StubServer start(CertifiedKey own, StubReply reply)
      throws IOException, GeneralSecurityException {
    return new StubServer(listen(own, null), reply);
  }

  /** As {@link #start}, but only for clients with a certificate of that authority. */
  public static StubServer startForClientsOf(
      X509Certificate clientAuthority, CertifiedKey own, StubReply reply)
      throws IOException, GeneralSecurityException {
    return new StubServer(listen(own, clientAuthority), reply);
  }

  /** Cleartext. */
  public static StubServer startPlain(StubReply reply) throws IOException {
    return new StubServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), reply);
  }

  private static ServerSocket listen(CertifiedKey own, @Nullable X509Certificate clientAuthority)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    if (clientAuthority != null) {
      trusted.setCertificateEntry("clients", clientAuthority);
    }
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        managers.getKeyManagers(), clientAuthority == null ? null : trust.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(clientAuthority != null);
    return socket;
  }

  /** What it answers from now on. */
  public void reply(StubReply next) {
    reply = next;
  }

  public int port() {
    return socket.getLocalPort();
  }

  public URI url(String path) {
    String scheme = socket instanceof SSLServerSocket ? "https" : "http";
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  public List<StubRequest> requests() {
    return requests;
  }

  /** How many connections have been opened so far. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        connections.incrementAndGet();
        run("stub-connection", () -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (StubRequest next = read(in); next != null; next = read(in)) {
        requests.add(next);
        reply.write(next, connection.getOutputStream());
        connection.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The reply or the client ended it.
    } finally {
      open.remove(connection);
    }
  }

  private static @Nullable StubRequest read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
      last = last << 8 | next;
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n");
    return new StubRequest(
        text.substring(0, end), text.substring(end + 2), in.readNBytes(length(text)));
  }

  private static int length(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  private static void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes every kept connection, as a server does that restarts. */
  public void hangUp() throws IOException {
    for (Socket each : open) {
      each.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    hangUp();
  }
}
