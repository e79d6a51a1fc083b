package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.it.peers.TestKubelet;
import dev.sallyport.it.peers.TestKubelet.Speaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/kube-oidc-proxy.md as it stands there: a gateway that logs people in by an issuer, before a
 * cluster, which is a second server with one pod behind it.
 */
@Needs({"curl", "kubectl"})
final class KubeOidcProxyIT {

  private static final Path PAGE =
      Path.of(System.getProperty("sallyport.home", ".."), "docs/kube-oidc-proxy.md");
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - {level: Metadata}
      """;

  @TempDir Path folder;
  private Path behind;
  private Path own;

  @BeforeEach
  void makeFolders() throws IOException {
    behind = Files.createDirectory(folder.resolve("cluster"));
    own = Files.createDirectory(folder.resolve("gateway"));
  }

  /** The page's blocks of one kind, in order. */
  private static List<String> blocks(String kind) throws IOException {
    List<String> blocks = new ArrayList<>();
    String[] parts = Files.readString(PAGE).split("```", -1);
    for (int i = 1; i < parts.length; i += 2) {
      if (parts[i].startsWith(kind + "\n")) {
        blocks.add(parts[i].substring(kind.length() + 1));
      }
    }
    return blocks;
  }

  /** Its store, and at one pod's path what a kubelet answers. */
  private SallyportProcess cluster(TestKubelet kubelet) throws IOException {
    Files.writeString(behind.resolve("audit-policy.yaml"), POLICY);
    Files.writeString(
        behind.resolve("pod.yaml"),
        """
        apiVersion: sallyport.dev/v1alpha1
        kind: RouteConfiguration
        upstreams:
        - {name: kubelet, endpoints: [{url: "http://127.0.0.1:%d"}]}
        routes:
        - name: web
          match: {pathPrefix: /api/v1/namespaces/default/pods/web}
          upstreams: [{name: kubelet}]
        """
            .formatted(kubelet.port()));
    return SallyportProcess.start(
        behind,
        "--routes-config=pod.yaml",
        "--audit-policy-file=audit-policy.yaml",
        "--audit-log-path=audit.log",
        "--audit-log-mode=blocking",
        "--trusted-proxy-networks=127.0.0.1");
  }

  /** Rights as the page has them, and its files with this cluster's address and credential. */
  private void prepare(SallyportProcess cluster, TinyIssuer idp) throws IOException {
    List<String> files = blocks("yaml");
    Files.writeString(behind.resolve("gateway.yaml"), files.get(0));
    cluster
        .kubectl(
            "apply -f gateway.yaml && kubectl create serviceaccount gateway"
                + " && kubectl create clusterrolebinding gateway --clusterrole=gateway"
                + " --serviceaccount=default:gateway"
                + " && kubectl create token gateway > ../gateway/token"
                + " && cp sallyport-data/ca.crt ../gateway/ca.crt"
                + " && kubectl create rolebinding dev --clusterrole=edit --group=dev"
                + " && kubectl create serviceaccount robot"
                + " && kubectl create rolebinding robot --clusterrole=view"
                + " --serviceaccount=default:robot"
                + " && kubectl create configmap here")
        .expectSuccess();
    String kubeconfig =
        files
            .get(1)
            .replace("https://kubernetes.default.svc", cluster.url(""))
            .replace(ACCOUNT, own.toString());
    Files.writeString(own.resolve("cluster.kubeconfig"), kubeconfig);
    Files.writeString(
        own.resolve("reviews.kubeconfig"),
        kubeconfig.replace(
            cluster.url(""), cluster.url("/apis/authentication.k8s.io/v1/tokenreviews")));
    Files.writeString(own.resolve("routes.yaml"), files.get(2));
    Files.writeString(own.resolve("idp-ca.crt"), idp.authority());
  }

  private SallyportProcess gateway(TinyIssuer idp) throws IOException {
    String typed =
        blocks("sh").get(0).replace("\\\n", " ").replace("$ISSUER", idp.url(TinyIssuer.DEX));
    String[] words = typed.strip().split("\\s+");
    assertEquals("bin/sallyport", words[0]);
    List<String> flags = new ArrayList<>(Arrays.asList(words).subList(1, words.length));
    flags.add("--authentication-token-webhook-config-file=reviews.kubeconfig");
    flags.add("--authentication-token-webhook-version=v1");
    return SallyportProcess.start(own, flags.toArray(String[]::new));
  }

  private Tool.Result kubectl(SallyportProcess gateway, String token, String arguments) {
    return Tool.bash(
        own,
        Map.of("HOME", own.toString(), "KUBECONFIG", own.resolve("none").toString()),
        "kubectl --server=%s --certificate-authority=sallyport-data/ca.crt --token=%s %s"
            .formatted(gateway.url(""), token, arguments));
  }

  /** The cluster's audit lines with this text. */
  private List<String> audited(String text) throws IOException {
    return Files.readAllLines(behind.resolve("audit.log")).stream()
        .filter(line -> line.contains(text))
        .toList();
  }

  @Test
  void peopleOfAnIssuerWorkInAClusterThatKnowsNone() throws Exception {
    Path pod = Files.createDirectory(folder.resolve("pod"));
    try (TinyIssuer idp = TinyIssuer.start();
        TestKubelet kubelet = TestKubelet.start(pod, Set.of(Speaks.SPDY, Speaks.WEBSOCKET));
        SallyportProcess cluster = cluster(kubelet)) {
      prepare(cluster, idp);
      try (SallyportProcess gateway = gateway(idp)) {
        String jane = idp.dexToken("jane", "dev");
        Eventually.holds(
            "the cluster's roles are known",
            () -> kubectl(gateway, jane, "get configmaps").exit() == 0);
        works(gateway, jane);
        addresses(gateway, jane);
        othersAreHeldBack(gateway, idp);
        passesTokensOfTheCluster(gateway, cluster);
      }
    }
  }

  private void works(SallyportProcess gateway, String jane) throws IOException {
    String list = kubectl(gateway, jane, "get configmaps").expectSuccess().out();
    assertTrue(list.contains("\nhere "), list);
    kubectl(gateway, jane, "create configmap made").expectSuccess();
    Tool.Result exec = kubectl(gateway, jane, "exec -i web -- sh -c 'cat; exit 3' <<< hello");
    assertEquals("hello\n", exec.out(), exec.err());
    assertEquals(3, exec.exit(), exec.err());
    List<String> lines = audited("\"impersonatedUser\":{\"username\":\"jane@example.com\"");
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("\"subresource\":\"exec\"")), lines + "");
    for (String line : lines) {
      assertTrue(line.contains("\"remote-client-ip\":[\"127.0.0.1\"]"), line);
      assertTrue(
          line.contains("\"user\":{\"username\":\"system:serviceaccount:default:gateway\""), line);
    }
  }

  /** Whatever a client says of its address, the cluster is told the true one. */
  private void addresses(SallyportProcess gateway, String jane) throws IOException {
    String lied =
        "curl -sS --cacert sallyport-data/ca.crt --interface 127.0.0.3"
            + " -H 'X-Forwarded-For: 6.6.6.6' -H 'Authorization: Bearer "
            + jane
            + "' "
            + gateway.url("/api/v1/namespaces/default/configmaps/here");
    String body = Tool.bash(own, Map.of(), lied).expectSuccess().out();
    assertTrue(body.contains("\"name\": \"here\""), body);
    List<String> lines = audited("\"remote-client-ip\":[\"127.0.0.3\"]");
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("\"sourceIPs\":[\"127.0.0.3\""), lines.get(0));
  }

  private void othersAreHeldBack(SallyportProcess gateway, TinyIssuer idp) {
    String jim = idp.dexToken("jim");
    Tool.Result refused = kubectl(gateway, jim, "get configmaps");
    assertTrue(refused.err().contains("\"jim@example.com\" cannot list resource"), refused.err());
    Tool.Result other = kubectl(gateway, jim, "get configmaps --as=jane@example.com");
    assertTrue(other.err().contains("\"jim@example.com\" cannot impersonate"), other.err());
    Tool.Result stranger = kubectl(gateway, idp.keycloakToken("jane", "dev"), "get configmaps");
    assertNotEquals(0, stranger.exit());
    assertTrue(stranger.err().contains("Unauthorized"), stranger.err());
  }

  /** Tokens that the issuer has not given are reviewed by the cluster. */
  private void passesTokensOfTheCluster(SallyportProcess gateway, SallyportProcess cluster)
      throws IOException {
    String robot = cluster.kubectl("create token robot").expectSuccess().out().strip();
    kubectl(gateway, robot, "get configmap here").expectSuccess();
    Tool.Result refused = kubectl(gateway, robot, "delete configmap here");
    assertTrue(refused.err().contains("cannot delete resource"), refused.err());
    String account = "\"impersonatedUser\":{\"username\":\"system:serviceaccount:default:robot\"";
    assertTrue(audited(account).get(0).contains("\"remote-client-ip\":[\"127.0.0.1\"]"), account);
  }
}
