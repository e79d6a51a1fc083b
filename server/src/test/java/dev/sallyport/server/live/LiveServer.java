package dev.sallyport.server.live;

import dev.sallyport.config.options.PodSurroundings;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.server.assembly.InProcess;
import dev.sallyport.server.assembly.Sallyport;
import dev.sallyport.server.netty.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The whole server on a free port, in this process, with its objects in memory. Its clients are
 * known by the authority {@link #CLIENTS}, front proxies by {@link #PROXIES}, tokens by the lines
 * of a token file.
 */
public final class LiveServer implements AutoCloseable {

  private static final Instant FROM = Instant.now().minusSeconds(3600);
  private static final Instant TO = Instant.now().plusSeconds(3600);

  public static final CertificateAuthority CLIENTS = CertificateAuthority.create("ca", FROM, TO);
  public static final CertificateAuthority PROXIES = CertificateAuthority.create("proxy", FROM, TO);

  /** An answer. The head has the status line and the headers. */
  public record Reply(int status, String head, String body) {}

  private final Sallyport server;

  private LiveServer(Sallyport server) {
    this.server = server;
  }

  /**
   * Starts it; system:masters has the token {@code master}.
   *
   * @param tokens further lines of the token file
   */
  public static LiveServer start(Path folder, String tokens, String... flags) throws Exception {
    return startIn(PodSurroundings.real(), folder, tokens, flags);
  }

  /** As {@link #start}, as a pod of a cluster. */
  static LiveServer startIn(PodSurroundings pod, Path folder, String tokens, String... flags)
      throws Exception {
    Path clients = folder.resolve("clients.crt");
    Path proxies = folder.resolve("proxies.crt");
    Path csv = folder.resolve("tokens.csv");
    Files.writeString(clients, PemWriter.certificates(List.of(CLIENTS.certificate())));
    Files.writeString(proxies, PemWriter.certificates(List.of(PROXIES.certificate())));
    Files.writeString(csv, "master,boss,u0,system:masters\n" + tokens);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data-dir=" + folder.resolve("data"),
                "--storage-engine=memory",
                "--secure-port=0",
                "--client-ca-file=" + clients,
                "--token-auth-file=" + csv));
    arguments.addAll(List.of(flags));
    arguments.replaceAll(flag -> flag.replace("{proxies}", proxies.toString()));
    return new LiveServer(
        InProcess.start(arguments, Clock.systemUTC(), pod)
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS)
            .server());
  }

  public static CertifiedKey certificate(
      CertificateAuthority authority, String user, String... groups) {
    return authority.issue(CertificateSpec.client(user, List.of(groups), FROM, TO));
  }

  public int port() {
    return server.address().getPort();
  }

  /**
   * Sends a request with nothing but these header lines, Host and framing.
   *
   * @param headers lines such as {@code Accept: text/plain}, sent as they are
   */
  public Reply send(
      @Nullable CertifiedKey certificate,
      String method,
      String target,
      String body,
      String... headers)
      throws Exception {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
    boolean connection = false;
    for (String line : headers) {
      head.append(line).append("\r\n");
      connection |= line.startsWith("Connection:");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    head.append(connection ? "\r\n" : "Connection: close\r\n\r\n");
    try (SSLSocket socket = connect(certificate)) {
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return reply(socket.getInputStream());
    }
  }

  /** A connection for many requests and for watches. */
  public LiveLine line() throws Exception {
    return new LiveLine(connect(null));
  }

  /** As {@link #send} without a certificate. */
  public Reply get(String target, String... headers) throws Exception {
    return send(null, "GET", target, "", headers);
  }

  /** Sends JSON, with quotes written as apostrophes, with a bearer token. */
  public Reply json(String token, String method, String target, String body) throws Exception {
    return send(
        null,
        method,
        target,
        body.replace('\'', '"'),
        "Authorization: Bearer " + token,
        method.equals("PATCH")
            ? "Content-Type: application/merge-patch+json"
            : "Content-Type: application/json");
  }

  /** What the server says about who sends these headers. */
  public String whoami(@Nullable CertifiedKey certificate, String... headers) throws Exception {
    List<String> lines = new ArrayList<>(List.of(headers));
    lines.add("Content-Type: application/json");
    Reply reply =
        send(
            certificate,
            "POST",
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            "{\"kind\":\"SelfSubjectReview\",\"apiVersion\":\"authentication.k8s.io/v1\"}",
            lines.toArray(String[]::new));
    int at = reply.body().indexOf("\"userInfo\":");
    return reply.status() == 201 && at >= 0
        ? reply.body().substring(at + 11, reply.body().lastIndexOf("}}"))
        : Integer.toString(reply.status());
  }

  private SSLSocket connect(@Nullable CertifiedKey certificate) throws Exception {
    KeyManager[] keys = certificate == null ? new KeyManager[0] : keys(certificate);
    SSLContext context = TestServer.clientContext(keys);
    Socket plain = new Socket("127.0.0.1", port());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port(), true);
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    return socket;
  }

  private static KeyManager[] keys(CertifiedKey pair) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client", pair.key(), new char[0], pair.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static Reply reply(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException reset) {
      if (all.size() == 0) {
        throw reset;
      }
    }
    String text = all.toString(StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + text);
    }
    String head = text.substring(0, end);
    return new Reply(Integer.parseInt(head.substring(9, 12)), head, text.substring(end + 4));
  }

  @Override
  public void close() throws Exception {
    var unused = server.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
