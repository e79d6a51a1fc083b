package dev.sallyport.webhook.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.stub.StubServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigTest {

  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final CertifiedKey PAIR = StubServer.certificate(CA);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writePems() throws IOException {
    file = folder.resolve("hook.kubeconfig");
    Files.writeString(folder.resolve("ca.crt"), PemWriter.certificates(List.of(CA.certificate())));
    Files.writeString(folder.resolve("tls.crt"), PemWriter.certificates(PAIR.chain()));
    Files.writeString(folder.resolve("tls.key"), PemWriter.privateKey(PAIR.key()));
    Files.writeString(folder.resolve("token"), "from-file\n");
  }

  @Test
  void readsTheCurrentContext() throws Exception {
    write(
        """
        apiVersion: v1
        kind: Config
        current-context: two
        clusters:
        - name: other
          cluster: {server: "not looked into"}
        - name: hook
          cluster:
            server: https://hook.example:8443/authn/
            certificate-authority: ca.crt
            tls-server-name: real.example
        users:
        - name: me
          user: {client-certificate: tls.crt, client-key: tls.key, token: abc}
        contexts:
        - name: one
          context: {cluster: other, user: nobody}
        - name: two
          context: {cluster: hook, user: me, namespace: any}
        """);

    WebhookTarget target = Kubeconfig.read(file);

    assertEquals(URI.create("https://hook.example:8443/authn"), target.url());
    assertEquals(List.of(CA.certificate()), target.peer().authorities());
    assertEquals(Optional.of("real.example"), target.peer().serverName());
    assertEquals(PAIR.leaf(), target.peer().identity().orElseThrow().leaf());
    assertEquals(Optional.of(new Secret("Bearer abc")), target.authorization());
    assertFalse(target.toString().contains("abc"));
  }

  @Test
  void takesDataBeforeFiles() throws Exception {
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.crt")));
    write(
        config(
            "{server: 'https://h', certificate-authority: gone.crt, certificate-authority-data: '"
                + data
                + "'}",
            "{username: me, password: 'pass:word'}"));

    WebhookTarget target = Kubeconfig.read(file);

    assertEquals(List.of(CA.certificate()), target.peer().authorities());
    assertEquals(
        "Basic " + Base64.getEncoder().encodeToString("me:pass:word".getBytes()),
        target.authorization().orElseThrow().reveal());
  }

  @Test
  void takesTheTokenFileBeforeTheToken() throws Exception {
    write(config("{server: 'https://h'}", "{token: inside, tokenFile: token}"));

    assertEquals(
        Optional.of(new Secret("Bearer from-file")), Kubeconfig.read(file).authorization());
  }

  @Test
  void needsNoUser() throws Exception {
    write(
        """
        {"current-context": "w", "contexts": [{"name": "w", "context": {"cluster": "w"}}],
         "clusters": [{"name": "w", "cluster": {"server": "https://h"}}], "users": null}
        """);

    assertEquals(Optional.empty(), Kubeconfig.read(file).authorization());
  }

  @Test
  void tellsEveryFaultWithItsField() throws Exception {
    write(
        config(
            "{server: 'ftp://h', certificate-authority: gone.crt, insecure-skip-tls-verify: true,"
                + " proxy-url: 'http://p', tls-servername: x}",
            "{client-certificate: tls.crt, token: 'a b', exec: {command: x}}"));

    String faults = fault();

    for (String expected :
        List.of(
            "clusters[0].cluster.server: is no https URL with a host",
            "clusters[0].cluster.certificate-authority: ",
            "gone.crt: no such file",
            "clusters[0].cluster.insecure-skip-tls-verify: ",
            "clusters[0].cluster.proxy-url: ",
            "clusters[0].cluster.tls-servername: unknown field",
            "users[0].user.client-key: missing",
            "users[0].user.token: ",
            "users[0].user.exec: ")) {
      assertTrue(faults.contains(expected), () -> expected + " not in " + faults);
    }
    assertFalse(faults.contains("a b"), faults);
    assertEquals(1, faults.lines().count());
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/x, true",
    "http://localhost:1/x, true",
    "http://127.0.0.1/x, true",
    "http://hook.example/x, false",
    "https://me:secret@h/x, false",
    "https://h/#x, false",
    "h:8080, false"
  })
  void demandsEncryptionTowardsOtherMachines(String url, boolean good) throws Exception {
    write(config("{server: '" + url + "'}", "{}"));

    if (good) {
      assertEquals(URI.create(url), Kubeconfig.read(file).url());
    } else {
      assertTrue(fault().contains("clusters[0].cluster.server"), fault());
    }
  }

  @Test
  void tellsNamesThatLeadNowhere() throws Exception {
    write("current-context: w\ncontexts: [{name: w, context: {cluster: a, user: b}}]\n");

    assertTrue(fault().contains("contexts[0].context.cluster: \"a\" is not among the clusters"));
    assertTrue(fault().contains("contexts[0].context.user: \"b\" is not among the users"));

    write("apiVersion: v1\n");
    assertTrue(fault().contains("current-context: missing"), fault());
    write("");
    assertTrue(fault().contains("holds no kubeconfig"), fault());
  }

  @Test
  void followsEveryFileThatItNames() throws Exception {
    write(
        config(
            "{server: 'https://h', certificate-authority: ca.crt}",
            "{client-certificate: tls.crt, client-key: tls.key, tokenFile: token}"));
    try (FileWatcher watcher = new FileWatcher()) {
      Watched<WebhookTarget> watched = Kubeconfig.watch(file, watcher);

      Files.writeString(folder.resolve("token"), "renewed");
      watcher.poll();
      assertEquals("Bearer renewed", authorization(watched));

      Files.writeString(folder.resolve("token"), "");
      watcher.poll();
      assertEquals("Bearer renewed", authorization(watched));

      write(config("{server: 'https://elsewhere'}", "{tokenFile: other}"));
      watcher.poll();
      assertEquals(URI.create("https://h"), watched.current().url());

      Files.writeString(folder.resolve("other"), "another");
      watcher.poll();
      assertEquals(URI.create("https://elsewhere"), watched.current().url());
      assertEquals("Bearer another", authorization(watched));
    }
  }

  private static String authorization(Watched<WebhookTarget> watched) {
    return watched.current().authorization().orElseThrow().reveal();
  }

  private String fault() {
    InvalidFileException invalid =
        assertThrows(InvalidFileException.class, () -> Kubeconfig.read(file));
    return invalid.fault();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private static String config(String cluster, String user) {
    return """
        apiVersion: v1
        kind: Config
        current-context: w
        clusters: [{name: w, cluster: %s}]
        users: [{name: w, user: %s}]
        contexts: [{name: w, context: {cluster: w, user: w}}]
        """
        .formatted(cluster, user);
  }
}
