package dev.sallyport.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ConfigException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InProcessTest {
  private static final String PODS = "/api/v1/pods";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private static Sallyport sallyport;

  @BeforeAll
  static void start() {
    sallyport = Sallyport.start();
  }

  @AfterAll
  static void close() {
    sallyport.close();
  }

  @Test
  void administratorMayDoEverything() throws Exception {
    assertEquals(200, new Asking(sallyport.admin()).status("/api/v1/secrets"));
  }

  @Test
  void usersMayDoWhatTheyAreGranted() throws Exception {
    Asking bob = new Asking(sallyport.user("bob", "dev"));
    assertEquals(403, bob.status(PODS));
    sallyport.grant("bob", "view");
    sallyport.grant("bob", "view");
    assertEquals(200, bob.status(PODS));
    assertEquals(403, bob.status("/api/v1/secrets"));
  }

  @Test
  void grantsInANamespaceHoldThereOnly() throws Exception {
    sallyport.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team-a}}");
    sallyport.grant("https://issuer#carol", "edit", "team-a");
    Asking carol = new Asking(sallyport.user("https://issuer#carol"));
    assertEquals(200, carol.status("/api/v1/namespaces/team-a/secrets"));
    assertEquals(403, carol.status("/api/v1/namespaces/default/secrets"));
  }

  @Test
  void serviceAccountsBringTokens() throws Exception {
    Credentials robot = sallyport.serviceAccount("default", "robot");
    assertEquals(403, new Asking(robot).status(PODS));
    sallyport.grant(robot.user(), "view");
    assertEquals(200, new Asking(robot).status(PODS));
    assertTrue(robot.kubeconfig().contains("    token: \"" + robot.token().orElseThrow()));
    assertTrue(robot.clientKey().isEmpty());
  }

  @Test
  void appliesManifestsInOrder() throws Exception {
    sallyport.apply(
        """
        # a comment, and an empty document
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
              - name: web
                image: web:1
        """);
    var answer = new Asking(sallyport.admin()).get("/apis/apps/v1/namespaces/shop/deployments/web");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("\"manager\":\"sallyport-junit\""), answer.body());
  }

  @Test
  void tellsWhatTheServerSaysOfAManifest() {
    RequestFailedException refused =
        assertThrows(
            RequestFailedException.class,
            () -> sallyport.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: A_B}}"));
    assertEquals(422, refused.status());
    assertTrue(String.valueOf(refused.getMessage()).contains("metadata.name"), refused::getMessage);
    assertThrows(
        IllegalArgumentException.class,
        () -> sallyport.apply("{apiVersion: v1, kind: Nothing, metadata: {name: a}}"));
  }

  @Test
  void kubeconfigIsForItsOwnerOnly(@TempDir Path folder) throws IOException {
    Path file = sallyport.user("dan").writeKubeconfig(folder.resolve("dan.kubeconfig"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).contains("server: " + sallyport.url()));
    assertFalse(sallyport.user("dan").toString().contains("PRIVATE"));
  }

  @Test
  void manyStandSideBySide() throws Exception {
    List<Sallyport> servers = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        servers.add(Sallyport.start());
      }
      servers.get(3).apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: only-there}}");
      for (int i = 0; i < 5; i++) {
        int expected = i == 3 ? 200 : 404;
        assertEquals(
            expected, new Asking(servers.get(i).admin()).status(MAPS + "/only-there"), "of " + i);
      }
      assertNotEquals(servers.get(0).caCertificate(), servers.get(1).caCertificate());
    } finally {
      servers.forEach(Sallyport::close);
    }
  }

  @Test
  void leavesNothingBehind() throws Exception {
    Set<Path> before = folders();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    Credentials admin;
    try (Sallyport server = Sallyport.start()) {
      admin = server.admin();
      assertEquals(200, new Asking(admin).status(MAPS));
    }
    assertThrows(ConnectException.class, () -> new Asking(admin).status(MAPS));
    assertEquals(before, folders());
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(threads);
    // Only such as the JVM waits for count; the one of Netty's is gone after a second.
    left.removeIf(thread -> thread.isDaemon() || thread.getName().startsWith("globalEvent"));
    assertEquals(Set.of(), left);
  }

  private static Set<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))) {
      Set<Path> ours = new HashSet<>();
      all.filter(path -> String.valueOf(path.getFileName()).startsWith("sallyport-"))
          .filter(Files::isReadable)
          .forEach(ours::add);
      return ours;
    }
  }

  @Test
  void takesFlags() throws Exception {
    try (Sallyport open = Sallyport.start("--authorization-mode=AlwaysAllow")) {
      assertEquals(200, new Asking(open.user("nobody")).status("/api/v1/secrets"));
    }
  }

  @Test
  void tellsOfWrongFlags() {
    ConfigException faults =
        assertThrows(ConfigException.class, () -> Sallyport.start("--secure-port=x", "--no-such"));
    assertEquals(2, faults.faults().size(), faults::getMessage);
  }
}
