package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.AtomicFile;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand changes of the client CA, the serving pair, the token file and the authentication
 * configuration under load. Between the bursts each of them is timed: what is new must be in force,
 * and what is old gone, within a second.
 */
final class ReloadIT {

  private static final int BURSTS = 10;
  private static final int CHANGES = 100;
  private static final Duration PAUSE = Duration.ofMillis(25);

  private static final Duration PROMISED = Duration.ofSeconds(1);

  private static final Instant NOW = Instant.now();
  private static final String GOOD = "t-always";

  private final CertificateAuthority always = authority();
  private final List<CertificateAuthority> authorities = List.of(authority(), authority());
  private final List<CertifiedKey> serving = List.of(serving(), serving());
  private final List<SSLContext> clients =
      authorities.stream().map(each -> PlainHttps.contextShowing(client(each))).toList();

  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private final List<Thread> load = new ArrayList<>();

  @TempDir Path folder;
  private volatile boolean done;
  private SallyportProcess server;
  private TinyIssuer idp;

  private static CertificateAuthority authority() {
    return CertificateAuthority.create("ca", NOW.minusSeconds(60), NOW.plusSeconds(3600));
  }

  private static CertifiedKey client(CertificateAuthority by) {
    return by.issue(
        CertificateSpec.client("ann", List.of(), NOW.minusSeconds(60), NOW.plusSeconds(3600)));
  }

  private static CertifiedKey serving() {
    return authority()
        .issue(
            CertificateSpec.server(
                "s",
                List.of("localhost"),
                List.of(InetAddress.getLoopbackAddress()),
                NOW.minusSeconds(60),
                NOW.plusSeconds(3600)));
  }

  @BeforeEach
  void start() throws Exception {
    idp = TinyIssuer.start();
    writeConfiguration(0);
    writeAuthorities(0);
    writeServing(0);
    writeTokens(0);
    server =
        SallyportProcess.start(
            folder,
            "--client-ca-file=clients.crt",
            "--tls-cert-file=server.crt",
            "--tls-private-key-file=server.key",
            "--token-auth-file=tokens.csv",
            "--authentication-config=authn.yaml");
  }

  @AfterEach
  void stop() throws InterruptedException {
    done = true;
    for (Thread thread : load) {
      thread.join();
    }
    server.close();
    idp.close();
  }

  private void write(String name, String text) throws InvalidFileException {
    AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeAuthorities(int generation) throws InvalidFileException {
    write(
        "clients.crt",
        PemWriter.certificates(
            List.of(always.certificate(), authorities.get(generation % 2).certificate())));
  }

  private void writeServing(int generation) throws InvalidFileException {
    CertifiedKey pair = serving.get(generation % 2);
    write("server.crt", PemWriter.certificates(pair.chain()));
    write("server.key", PemWriter.privateKey(pair.key()));
  }

  private void writeTokens(int generation) throws InvalidFileException {
    write("tokens.csv", GOOD + ",ann,u1\n" + token(generation) + ",bob,u2\n");
  }

  /** Its issuer stays; where requests without a credential may go changes. */
  private void writeConfiguration(int generation) throws InvalidFileException {
    write(
        "authn.yaml",
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        anonymous: {enabled: true, conditions: [{path: /readyz}, {path: %s}]}
        jwt:
        - issuer:
            url: %s
            audiences: [kubernetes]
            certificateAuthority: |
        %s  claimMappings:
            username: {claim: sub, prefix: ""}
        """
            .formatted(open(generation), idp.url(TinyIssuer.KEYCLOAK), idp.authority().indent(6)));
  }

  private static String open(int generation) {
    return generation % 2 == 0 ? "/livez" : "/healthz";
  }

  private static String token(int generation) {
    return "t-" + generation % 2;
  }

  /** One of the four, or half a file, which must change nothing. */
  private void change(int number) throws InvalidFileException {
    int generation = number / 6;
    switch (number % 6) {
      case 0 -> writeAuthorities(generation);
      case 1 -> writeServing(generation);
      case 2 -> writeTokens(generation);
      case 3 -> writeConfiguration(generation);
      case 4 -> write("authn.yaml", "kind: AuthenticationConfigurati");
      default -> write("clients.crt", PemWriter.certificate(always.certificate()).substring(0, 99));
    }
  }

  @Test
  void changesReachNewRequestsAndNoGoodOneIsRefused() throws Exception {
    PlainHttps kept = PlainHttps.showing(client(always));
    keepAsking("kept connection", () -> kept.get(server.url("/api")).status());
    SSLContext certificate = PlainHttps.contextShowing(client(always));
    keepAsking("new connection", () -> status(certificate));
    keepAsking(
        "token",
        () ->
            PlainHttps.trustingAll()
                .get(server.url("/api"), "Authorization", "Bearer " + GOOD)
                .status());
    keepAsking(
        "identity token",
        () ->
            PlainHttps.trustingAll()
                .get(
                    server.url("/api"),
                    "Authorization",
                    "Bearer " + idp.keycloakToken("jane", "oncall"))
                .status());
    List<Duration> stale = new ArrayList<>();
    for (int burst = 0; burst < BURSTS; burst++) {
      for (int i = 0; i < CHANGES; i++) {
        change(burst * CHANGES + i);
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
      settle(burst);
      stale.add(timed(burst + 1));
    }
    done = true;
    assertEquals(List.of(), List.copyOf(refused));
    assertTrue(served.get() > 4 * BURSTS, "requests: " + served);
    Collections.sort(stale);
    // Where others hold the processors for seconds, some change is always late: there half must do.
    Duration judged = stale.get(overloaded() ? BURSTS / 2 : BURSTS - 1);
    assertTrue(judged.compareTo(PROMISED) < 0, "changes were stale for " + stale);
  }

  /** Brings all files to one generation and waits until it is in force. */
  private void settle(int generation) throws Exception {
    writeAuthorities(generation);
    writeServing(generation);
    writeTokens(generation);
    writeConfiguration(generation);
    Eventually.holds("all files are of one generation", () -> inForce(generation));
  }

  /** How long after the change the last request began that was answered by the old files. */
  private Duration timed(int generation) throws Exception {
    writeAuthorities(generation);
    writeServing(generation);
    writeTokens(generation);
    writeConfiguration(generation);
    long changed = System.nanoTime();
    long last = changed;
    long begun = changed;
    while (!inForce(generation)) {
      last = begun;
      begun = System.nanoTime();
    }
    return Duration.ofNanos(last - changed);
  }

  private static boolean overloaded() {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    return machine.getSystemLoadAverage() > 2 * machine.getAvailableProcessors();
  }

  private boolean inForce(int generation) throws IOException {
    return status(clients.get(generation % 2)) == 200
        && status(clients.get((generation + 1) % 2)) == 401
        && tokenStatus(generation) == 200
        && tokenStatus(generation + 1) == 401
        && anonymousStatus(open(generation)) == 200
        && anonymousStatus(open(generation + 1)) == 401
        && shown().equals(serving.get(generation % 2).leaf());
  }

  private int anonymousStatus(String path) throws IOException {
    return PlainHttps.trustingAll().get(server.url(path)).status();
  }

  private int tokenStatus(int generation) throws IOException {
    return PlainHttps.trustingAll()
        .get(server.url("/api"), "Authorization", "Bearer " + token(generation))
        .status();
  }

  private void keepAsking(String who, Callable<Integer> request) {
    Thread thread =
        new Thread(
            () -> {
              while (!done) {
                try {
                  int status = request.call();
                  served.incrementAndGet();
                  if (status != 200) {
                    refused.add(who + ": " + status);
                  }
                  TimeUnit.MILLISECONDS.sleep(5);
                } catch (Exception e) {
                  refused.add(who + ": " + e);
                }
              }
            },
            who);
    thread.start();
    load.add(thread);
  }

  /** The status that a request over a connection of its own gets. */
  private int status(SSLContext context) throws IOException {
    try (SSLSocket socket = connect(context)) {
      String request = "GET /api HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }

  private X509Certificate shown() throws IOException {
    try (SSLSocket socket = connect(clients.get(0))) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    return socket;
  }
}
