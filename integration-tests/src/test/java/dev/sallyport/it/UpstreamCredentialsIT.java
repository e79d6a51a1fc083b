package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.it.peers.NodePeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an upstream is reached with changes while requests run: the token, our certificate, the
 * authority of its certificate; by HTTP/1.1 and by HTTP/2, whose connections are all in use.
 */
@Needs("node")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UpstreamCredentialsIT {

  private static final String[] ROUTES = {"/h1", "/h2"};
  private static final String KEPT = "Not reloaded, the last good content stays in force";

  private final BackendAuthority authority = new BackendAuthority();
  private final BackendAuthority another = new BackendAuthority();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private Path folder;
  private NodePeer node;
  private SallyportProcess server;
  private int sequence;

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    folder = given;
    KeyPairFiles serving = authority.server(folder, "backend");
    Path clients = folder.resolve("clients.crt");
    Files.writeString(clients, authority.certificate());
    node =
        NodePeer.start(
            "http2.js",
            folder,
            serving.certificate().toString(),
            serving.key().toString(),
            clients.toString());
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,\"system:masters\"\n");
    reset();
    server =
        SallyportProcess.start(
            folder, "--token-auth-file=tokens.csv", "--routes-config=routes.yaml");
  }

  @AfterAll
  void stop() {
    server.close();
    node.close();
  }

  private void reset() throws Exception {
    BackendAuthority.replace(folder.resolve("ca.crt"), authority.certificate());
    BackendAuthority.replace(folder.resolve("us.token"), "base\n");
    authority.client(folder, "us", "base");
    writeRoutes("ca.crt", "us", "us.token");
  }

  @BeforeEach
  void begin() throws Exception {
    reset();
    becomes("base", "Bearer base");
    failures.clear();
  }

  private void writeRoutes(String ca, String pair, String token) throws IOException {
    String upstream =
        """
        - name: %s
          protocol: %s
          endpoints: [{url: 'https://127.0.0.1:%d'}]
          tls: {certificateAuthority: %s, clientCertificate: %s.crt, clientKey: %s.key}
          tokenFile: %s
        """;
    BackendAuthority.replace(
        folder.resolve("routes.yaml"),
        "apiVersion: sallyport.dev/v1alpha1\nkind: RouteConfiguration\nupstreams:\n"
            + upstream.formatted("h1", "http1", node.port(), ca, pair, pair, token)
            + upstream.formatted("h2", "http2", node.port(), ca, pair, pair, token)
            + """
            routes:
            - {name: h1, match: {pathPrefix: /h1}, upstreams: [{name: h1}], stripPrefix: true}
            - {name: h2, match: {pathPrefix: /h2}, upstreams: [{name: h2}], stripPrefix: true}
            """);
  }

  private PlainHttps.Reply get(String route) {
    try {
      return PlainHttps.trustingAll()
          .get(server.url(route + "/headers"), "Authorization", "Bearer t-ann");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until both routes show the backend this certificate and this credential. */
  private void becomes(String peer, String authorization) throws Exception {
    for (String route : ROUTES) {
      String certificate = "\"peer\":\"" + peer + "\"";
      String token = "\"authorization\":\"" + authorization + "\"";
      Eventually.holds(
          route + " shows " + certificate + " and " + token,
          () -> {
            String seen = get(route).body();
            return seen.contains(certificate) && seen.contains(token);
          });
    }
  }

  /** Does something while both routes are asked without a pause; all must be answered well. */
  private void underLoad(Change change) throws Exception {
    boolean[] over = new boolean[1];
    Thread load =
        new Thread(
            () -> {
              while (!stopped(over)) {
                for (String route : ROUTES) {
                  PlainHttps.Reply reply = get(route);
                  served.incrementAndGet();
                  if (reply.status() != 200) {
                    failures.add(route + ": " + reply.body());
                  }
                }
              }
            });
    load.start();
    try {
      change.make();
      int now = served.get();
      Eventually.holds("the load goes on", () -> served.get() > now + 10);
    } finally {
      synchronized (over) {
        over[0] = true;
      }
      load.join();
    }
    assertTrue(failures.isEmpty(), failures::toString);
  }

  private static boolean stopped(boolean[] over) {
    synchronized (over) {
      return over[0];
    }
  }

  private interface Change {
    void make() throws Exception;
  }

  /** Waits for one more line in the log that says so, with this in it. */
  private void keeps(Change broken, String file, String fault) throws Exception {
    int before = count(file, fault);
    broken.make();
    Eventually.holds("the log blames " + file, () -> count(file, fault) > before);
  }

  private int count(String file, String fault) {
    return (int)
        server
            .log()
            .lines()
            .filter(line -> line.contains(KEPT) && line.contains(file) && line.contains(fault))
            .count();
  }

  private String next(String prefix) {
    return prefix + ++sequence;
  }

  @Test
  void aTokenIsUsedFromTheNextRequestOn() throws Exception {
    underLoad(
        () -> {
          String token = next("token");
          BackendAuthority.replace(folder.resolve("us.token"), token + "\n");
          becomes("base", "Bearer " + token);
          keeps(
              () -> BackendAuthority.replace(folder.resolve("us.token"), "no token\n"),
              "us.token",
              "holds no token");
          becomes("base", "Bearer " + token);
          BackendAuthority.replace(folder.resolve("us.token"), token + "-again\n");
          becomes("base", "Bearer " + token + "-again");
          BackendAuthority.replace(folder.resolve("other.token"), token + "-elsewhere");
          writeRoutes("ca.crt", "us", "other.token");
          becomes("base", "Bearer " + token + "-elsewhere");
        });
  }

  /** The connections in use were opened with the old one: they serve nobody new. */
  @Test
  void aClientCertificateIsShownFromTheNextRequestOn() throws Exception {
    underLoad(
        () -> {
          authority.client(folder, "us", "second");
          becomes("second", "Bearer base");
          keeps(
              () -> BackendAuthority.replace(folder.resolve("us.crt"), "no certificate\n"),
              "us.crt",
              "");
          becomes("second", "Bearer base");
          authority.client(folder, "us", "third");
          becomes("third", "Bearer base");
          authority.client(folder, "other", "fourth");
          writeRoutes("ca.crt", "other", "us.token");
          becomes("fourth", "Bearer base");
        });
  }

  @Test
  void anAuthorityThatIsAddedOrCannotBeReadCostsNoRequest() throws Exception {
    underLoad(
        () -> {
          BackendAuthority.replace(
              folder.resolve("ca.crt"), another.certificate() + authority.certificate());
          keeps(
              () -> BackendAuthority.replace(folder.resolve("ca.crt"), "no authority\n"),
              "ca.crt",
              "");
          becomes("base", "Bearer base");
          BackendAuthority.replace(folder.resolve("more.crt"), authority.certificate());
          writeRoutes("more.crt", "us", "us.token");
          becomes("base", "Bearer base");
        });
  }

  /** Also on connections that were made when it was believed. */
  @Test
  void anAuthorityThatIsTakenAwayIsNotBelievedAnyMore() throws Exception {
    BackendAuthority.replace(folder.resolve("ca.crt"), another.certificate());
    refused();
    BackendAuthority.replace(folder.resolve("ca.crt"), authority.certificate());
    becomes("base", "Bearer base");
    BackendAuthority.replace(folder.resolve("less.crt"), another.certificate());
    writeRoutes("less.crt", "us", "us.token");
    refused();
  }

  private void refused() throws Exception {
    for (String route : ROUTES) {
      Eventually.holds(route + " is refused", () -> get(route).status() == 503);
      assertEquals(503, get(route).status());
    }
  }
}
