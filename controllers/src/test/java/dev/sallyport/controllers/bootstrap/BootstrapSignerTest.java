package dev.sallyport.controllers.bootstrap;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapSignerTest {
  private static final String SIGNATURE = "jws-kubeconfig-abcdef";

  @TempDir Path folder;
  private final FakeObjects objects = new FakeObjects();

  @BeforeEach
  void start() throws Exception {
    Path file = folder.resolve("ca.crt");
    Files.writeString(file, "the CA");
    try (FileWatcher watcher = new FileWatcher()) {
      Watched<String> bundle =
          watcher.watch(
              List.of(file), files -> new String(files.get(0).bytes(), StandardCharsets.UTF_8));
      new ClusterInfoPublisher(objects, "https://10.0.0.1:6443", bundle, Runnable::run, new Later())
          .start();
    }
    new BootstrapSigner(
            objects,
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC),
            Runnable::run,
            new Later())
        .start();
    objects.put(NamespaceObserver.NAMESPACES, "", json("{'metadata':{'name':'kube-public'}}"));
  }

  @Test // what kubeadm computes for the same text and token
  void signsAsKubeadmDoes() {
    assertEquals(
        "eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..3ZR7IfHD4V0NLYjj9trDyCFIZSwMzkyMpnxx9vCiSPI",
        DetachedSignature.of("kind: Config\n", "abcdef", "0123456789abcdef"));
  }

  @Test
  void publishesServerAndAuthority() {
    assertEquals(
        """
        apiVersion: v1
        clusters:
        - cluster:
            certificate-authority-data: dGhlIENB
            server: https://10.0.0.1:6443
          name: ""
        contexts: null
        current-context: ""
        kind: Config
        preferences: {}
        users: null
        """,
        data().path("kubeconfig").asText());
  }

  @Test
  void signsWithTokensThatAreMeantForIt() {
    token("abcdef", Map.of("usage-bootstrap-signing", "true"));
    token("noauth", Map.of("usage-bootstrap-authentication", "true"));
    token(
        "expird", Map.of("usage-bootstrap-signing", "true", "expiration", "2026-01-01T00:00:00Z"));
    token("wrngid", Map.of("usage-bootstrap-signing", "true", "token-id", "others"));
    assertEquals(
        DetachedSignature.of(data().path("kubeconfig").asText(), "abcdef", "0123456789abcdef"),
        data().path(SIGNATURE).asText());
    assertEquals(2, data().size());
  }

  @Test
  void takesASignatureAwayWithItsToken() {
    token("abcdef", Map.of("usage-bootstrap-signing", "true"));
    assertTrue(data().has(SIGNATURE));
    assertEquals(
        Answer.now(true),
        objects.delete(BootstrapSecrets.SECRETS, "kube-system", "bootstrap-token-abcdef", ""));
    assertFalse(data().has(SIGNATURE));
  }

  @Test
  void signsAnewWhatSomebodyChanges() {
    token("abcdef", Map.of("usage-bootstrap-signing", "true"));
    ObjectNode changed = clusterInfo().deepCopy();
    changed.withObjectProperty("data").put("kubeconfig", "other").put("jws-kubeconfig-forged", "x");
    objects.put(PublishedConfigMap.CONFIG_MAPS, "kube-public", changed);
    assertEquals("other", data().path("kubeconfig").asText());
    assertEquals(
        DetachedSignature.of("other", "abcdef", "0123456789abcdef"),
        data().path(SIGNATURE).asText());
    assertFalse(data().has("jws-kubeconfig-forged"));
  }

  @Test
  void makesADeletedOneAnewAndSignsIt() {
    token("abcdef", Map.of("usage-bootstrap-signing", "true"));
    assertEquals(
        Answer.now(true),
        objects.delete(PublishedConfigMap.CONFIG_MAPS, "kube-public", "cluster-info", ""));
    assertTrue(data().has(SIGNATURE));
  }

  private void token(String id, Map<String, String> more) {
    ObjectNode secret =
        json(
            "{'metadata':{'namespace':'kube-system'},'type':'bootstrap.kubernetes.io/token',"
                + "'data':{}}");
    secret.withObjectProperty("metadata").put("name", "bootstrap-token-" + id);
    ObjectNode data = secret.withObjectProperty("data");
    data.put("token-id", encode(id)).put("token-secret", encode("0123456789abcdef"));
    more.forEach((key, value) -> data.put(key, encode(value)));
    objects.put(BootstrapSecrets.SECRETS, "kube-system", secret);
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode data() {
    return clusterInfo().path("data");
  }

  private ObjectNode clusterInfo() {
    return objects.read(PublishedConfigMap.CONFIG_MAPS, "kube-public", "cluster-info");
  }
}
