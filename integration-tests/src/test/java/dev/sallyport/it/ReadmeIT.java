package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.it.peers.TestKubelet;
import dev.sallyport.it.peers.TestKubelet.Speaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's lines, typed as they stand there; only the port is another. */
@Needs({"curl", "kubectl"})
final class ReadmeIT {
  private static final Path README =
      Path.of(System.getProperty("sallyport.home", ".."), "README.md");

  @TempDir static Path folder;
  private static SallyportProcess server;

  @BeforeAll
  static void start() throws IOException {
    List<String> lines = block("### A static token");
    assertEquals("bin/sallyport --token-auth-file=tokens.csv", lines.get(1));
    Tool.bash(folder, Map.of(), lines.get(0)).expectSuccess();
    server = SallyportProcess.start(folder, "--token-auth-file=tokens.csv");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The first shell block behind a heading. */
  static List<String> block(String heading) throws IOException {
    return block(heading, "```sh");
  }

  /** The first block of a kind behind the line that has these words. */
  private static List<String> block(String words, String kind) throws IOException {
    List<String> lines = Files.readAllLines(README);
    int at = 0;
    while (at < lines.size() && !lines.get(at).contains(words)) {
      at++;
    }
    assertTrue(at < lines.size(), words);
    int begin = at + lines.subList(at, lines.size()).indexOf(kind) + 1;
    int end = begin + lines.subList(begin, lines.size()).indexOf("```");
    return new ArrayList<>(lines.subList(begin, end));
  }

  private static Tool.Result type(List<String> lines) {
    return type(server, lines);
  }

  private static Tool.Result type(SallyportProcess to, List<String> lines) {
    String script =
        String.join("\n", lines)
            .replace("bin/sallyport", SallyportProcess.launcher())
            .replace(":6443", ":" + to.port());
    Map<String, String> environment =
        Map.of("HOME", to.folder().toString(), "KUBECONFIG", to.adminKubeconfig().toString());
    return Tool.bash(to.folder(), environment, "set -e\n" + script).expectSuccess();
  }

  @Test
  void firstSteps() throws IOException {
    Tool.Result result = type(block("## First steps"));
    assertTrue(result.out().contains("kube-system"), result.out());
    assertTrue(result.out().contains("\n  text: hello\n"), result.out());
    assertTrue(result.out().contains("kubernetes-admin"), result.out());
  }

  @Test
  void theSameWithCurl() throws IOException {
    Tool.Result result = type(block("The same with curl:"));
    assertTrue(result.out().contains("\"kind\": \"NamespaceList\""), result.out());
  }

  @Test
  void aClientCertificateIsKnownAndForbidden() throws IOException {
    Tool.Result result = type(block("### A client certificate"));
    assertTrue(
        result.out().contains("User \\\"joe\\\" cannot list resource \\\"pods\\\""), result.out());
    assertTrue(Files.exists(folder.resolve("joe.kubeconfig")));
  }

  @Needs("openssl")
  @Test
  void aCertificateByRequestIsKnownAndForbidden() throws IOException {
    Tool.Result result = type(block("### A certificate by CSR"));
    assertTrue(
        result.out().contains("User \\\"dora\\\" cannot list resource \\\"pods\\\""), result.out());
  }

  @Test
  void aStaticTokenDiscovers() throws IOException {
    List<String> lines = block("### A static token");
    Tool.Result result = type(lines.subList(2, lines.size()));
    assertTrue(result.out().contains("\"kind\": \"APIVersions\""), result.out());
  }

  @Test
  void keycloaksTokenReadsConfigMapsByTheFileThatIsShown() throws Exception {
    List<String> lines =
        block(
            "Several, with rules and mappings in CEL, fit into a file, which is read again when it"
                + " changes:");
    assertEquals("bin/sallyport --authentication-config=authn.yaml", lines.get(lines.size() - 1));
    try (TinyIssuer idp = TinyIssuer.start()) {
      Path own = Files.createDirectory(folder.resolve("oidc"));
      Files.writeString(own.resolve("idp-ca.crt"), idp.authority());
      Map<String, String> environment =
          Map.of("KEYCLOAK", idp.url(TinyIssuer.KEYCLOAK), "DEX", idp.url(TinyIssuer.DEX));
      run(own, environment, lines.subList(0, lines.size() - 1));
      try (SallyportProcess second =
          SallyportProcess.start(own, "--authentication-config=authn.yaml")) {
        Tool.Result result =
            run(
                own,
                Map.of(
                    "KEYCLOAK",
                    idp.url(TinyIssuer.KEYCLOAK),
                    "HOME",
                    own.toString(),
                    "KUBECONFIG",
                    second.adminKubeconfig().toString()),
                block(
                        "A client at Keycloak with \"direct access grants\" and a groups mapper"
                            + " gets along with curl alone:")
                    .stream()
                    .map(line -> line.replace(":6443", ":" + second.port()))
                    .toList());
        assertTrue(result.out().contains("\"kind\": \"ConfigMapList\""), result.out());
      }
    }
  }

  @Test
  void keycloaksTokenIsAUserByTheFlagsThatAreShown() throws Exception {
    String line = String.join(" ", block("### OpenID Connect (Keycloak, dex)")).replace("\\", "");
    try (TinyIssuer idp = TinyIssuer.start()) {
      Path own = Files.createDirectory(folder.resolve("oidc-flags"));
      Files.writeString(own.resolve("idp-ca.crt"), idp.authority());
      String typed = line.replace("$KEYCLOAK", idp.url(TinyIssuer.KEYCLOAK));
      List<String> words = List.of(typed.trim().split("\\s+"));
      assertEquals("bin/sallyport", words.get(0));
      assertEquals(7, words.size() - 1);
      try (SallyportProcess third =
          SallyportProcess.start(own, words.subList(1, words.size()).toArray(String[]::new))) {
        String list =
            "curl -sS --cacert sallyport-data/ca.crt -H 'Authorization: Bearer %s' %s"
                .formatted(
                    idp.keycloakToken("jane", "oncall"),
                    third.url("/api/v1/namespaces/default/configmaps"));
        Tool.Result refused = Tool.bash(own, Map.of(), list).expectSuccess();
        assertTrue(refused.out().contains("User \\\"kc:jane\\\" cannot list"), refused.out());
      }
    }
  }

  @Test
  void theSecondDocumentIsTakenAsItIsShown() throws Exception {
    CertificateAuthority authority = authority();
    try (TinyIssuer idp = TinyIssuer.start()) {
      String shown =
          String.join("\n", block("certificates whose holders", "```yaml"))
              .replace(
                  "    -----BEGIN CERTIFICATE-----\n    …\n    -----END CERTIFICATE-----\n",
                  PemWriter.certificate(authority.certificate()).indent(4))
              .replaceAll("jwks: '.*'", "jwks: '" + idp.keySet() + "'");
      Path file =
          Files.writeString(
              folder.resolve("second.yaml"),
              """
              apiVersion: apiserver.config.k8s.io/v1
              kind: AuthenticationConfiguration
              jwt:
              - issuer: {url: "https://idp.example.com", audiences: [kubernetes]}
                claimMappings: {username: {claim: sub, prefix: ""}}
              """
                  + shown);
      Tool.Result result =
          SallyportProcess.subcommand(folder, "check-config", "--authentication-config=" + file);
      assertEquals("", result.err());
      result.expectSuccess();
    }
  }

  @Test
  void aFrontProxyNamesTheUser() throws Exception {
    Path own = Files.createDirectory(folder.resolve("proxied"));
    CertificateAuthority authority = authority();
    Instant now = Instant.now();
    CertifiedKey proxy =
        authority.issue(
            CertificateSpec.client(
                "front-proxy", List.of(), now.minusSeconds(60), now.plusSeconds(1800)));
    Files.writeString(
        own.resolve("front-proxy-ca.crt"), PemWriter.certificate(authority.certificate()));
    Files.writeString(own.resolve("proxy.crt"), PemWriter.certificates(proxy.chain()));
    Files.writeString(own.resolve("proxy.key"), PemWriter.privateKey(proxy.key()));
    String typed = String.join("", block("### A front proxy's headers")).replace("\\", "");
    List<String> flags = new ArrayList<>(List.of(typed.split(" +")));
    assertEquals("bin/sallyport", flags.remove(0));
    try (SallyportProcess behind = SallyportProcess.start(own, flags.toArray(String[]::new))) {
      String pods = "https://127.0.0.1:6443/api/v1/namespaces/default/pods";
      String ann = "curl -s --cacert sallyport-data/ca.crt -H 'X-Remote-User: ann' ";
      Tool.Result result =
          type(behind, List.of(ann + "--cert proxy.crt --key proxy.key " + pods, ann + pods));
      assertTrue(result.out().contains("User \\\"ann\\\" cannot list"), result.out());
      assertTrue(result.out().contains("User \\\"system:anonymous\\\" cannot"), result.out());
    }
  }

  private static CertificateAuthority authority() {
    Instant now = Instant.now();
    return CertificateAuthority.create("ca", now.minusSeconds(60), now.plusSeconds(3600));
  }

  private static Tool.Result run(Path in, Map<String, String> environment, List<String> lines) {
    String script = String.join("\n", lines).replace("bin/sallyport", SallyportProcess.launcher());
    return Tool.bash(in, environment, "set -e\n" + script).expectSuccess();
  }

  @Test
  void theClientIsToldApartFromWhatStandsBetween() throws IOException {
    List<String> policy = block("## Who did what");
    Path own = Files.createDirectory(folder.resolve("balanced"));
    Tool.bash(own, Map.of(), String.join("\n", policy.subList(0, policy.indexOf("EOF") + 1)))
        .expectSuccess();
    List<String> lines = block("## Behind a load balancer");
    String typed = String.join(" ", lines.subList(0, 3)).replace("\\", "");
    List<String> flags = new ArrayList<>(List.of(typed.split(" +")));
    assertEquals("bin/sallyport", flags.remove(0));
    try (SallyportProcess behind = SallyportProcess.start(own, flags.toArray(String[]::new))) {
      Tool.Result result = type(behind, lines.subList(3, lines.size()));
      assertTrue(
          result.out().contains("\"sourceIPs\":[\"203.0.113.7\",\"127.0.0.2\""), result.out());
      assertTrue(!result.out().contains("6.6.6.6"), result.out());
    }
  }

  @Test
  void aServiceAccountReadsConfigMaps() throws IOException {
    Tool.Result result = type(block("### A service account"));
    assertTrue(result.out().contains("\"kind\": \"ConfigMapList\""), result.out());
  }

  @Test
  void aBoundTokenEndsWithWhatItIsBoundTo() throws IOException {
    Tool.Result result = typeWithRobot(block("#### A token bound to something"));
    assertTrue(result.out().contains("\"kind\": \"APIVersions\""), result.out());
    assertTrue(result.out().contains("\"code\": 401"), result.out());
  }

  @Test
  void aSecretHoldsATokenWithoutAnEnd() throws IOException {
    Tool.Result result = typeWithRobot(block("#### A token without an end"));
    assertTrue(result.out().contains("\"kind\": \"APIVersions\""), result.out());
  }

  /** With the account of the heading above, whichever test comes first. */
  private static Tool.Result typeWithRobot(List<String> lines) {
    type(
        List.of(
            "kubectl create serviceaccount robot -o yaml --dry-run=client | kubectl apply -f -"));
    Tool.Result result = type(lines);
    type(List.of("kubectl delete serviceaccount robot"));
    return result;
  }

  @Test
  void anotherSigningKeyStandsBesideTheOldOne() throws IOException {
    List<String> lines = block("#### Another signing key");
    type(lines.subList(0, 3));
    List<String> flags = new ArrayList<>(List.of(lines.get(3).split(" ")));
    assertEquals("bin/sallyport", flags.remove(0));
    flags.add("--data-dir=second");
    try (SallyportProcess second = SallyportProcess.start(folder, flags.toArray(String[]::new))) {
      String keys =
          Tool.bash(
                  folder,
                  Map.of("HOME", folder.toString()),
                  "kubectl --kubeconfig second/admin.kubeconfig get --raw /openid/v1/jwks")
              .expectSuccess()
              .out();
      assertEquals(3, keys.split("\"kid\"", -1).length, keys + second.port());
    }
  }

  @Test
  void aBootstrapTokenIsMadeUsedAndDeleted() throws IOException {
    Path own = Files.createDirectory(folder.resolve("bootstrap"));
    try (SallyportProcess joined = SallyportProcess.start(own, "--enable-bootstrap-token-auth")) {
      Tool.Result result = type(joined, block("### A bootstrap token"));
      assertTrue(result.out().contains("system:bootstrappers:kubeadm:"), result.out());
      assertTrue(result.out().contains("\"kind\": \"APIVersions\""), result.out());
      assertTrue(result.out().endsWith("\" deleted\n"), result.out());
    }
  }

  @Test
  void itTellsWhoIsWho() throws IOException {
    Tool.Result result = type(block("## When it says no"));
    assertTrue(result.out().contains(" kubernetes-admin\n"), result.out());
    assertTrue(result.out().contains("\nx509 "), result.out());
    assertTrue(result.out().contains("Verdict: refused"), result.out());
  }

  @Test
  void aRoleAndABindingAllow() throws IOException {
    Tool.Result result = type(block("## What they may do"));
    assertTrue(result.out().endsWith("yes\n"), result.out());
  }

  @Test
  void listsShowWhatOneMaySee() throws IOException {
    Tool.Result result = type(block("### Lists of what one may see"));
    String shown = result.out().substring(result.out().indexOf("NAMESPACE"));
    assertTrue(shown.contains("red         plan "), shown);
    assertTrue(shown.contains("\nred    Active "), shown);
    assertFalse(shown.contains("blue"), shown);
  }

  @Test
  void whoDidWhat() throws IOException {
    List<String> lines = block("## Who did what");
    int start = lines.indexOf("EOF") + 1;
    Path own = Files.createDirectory(folder.resolve("audited"));
    Tool.bash(own, Map.of(), String.join("\n", lines.subList(0, start))).expectSuccess();
    String[] words = lines.get(start).split(" ");
    assertEquals("bin/sallyport", words[0]);
    String[] flags = Arrays.copyOfRange(words, 1, words.length);
    try (SallyportProcess audited = SallyportProcess.start(own, flags)) {
      // The log is written beside the answers, not before them.
      List<String> typed = new ArrayList<>(lines.subList(start + 1, lines.size()));
      typed.set(typed.size() - 1, "sleep 1; " + typed.get(typed.size() - 1));
      String log = type(audited, typed).out();
      assertTrue(log.contains("\"username\":\"kubernetes-admin\""), log);
      assertTrue(log.contains("\"username\":\"system:anonymous\""), log);
      assertTrue(log.contains("\"code\":403"), log);
    }
  }

  @Needs("nginx")
  @Test
  void severalServicesTakeTurnsBehindOneRoute() throws IOException {
    List<String> lines = block("### Several services");
    int start = lines.indexOf("EOF") + 2;
    Path own = Files.createDirectory(folder.resolve("routes"));
    try (Nginx one = Nginx.start(Files.createDirectory(own.resolve("one")));
        Nginx two = Nginx.start(Files.createDirectory(own.resolve("two")))) {
      Files.writeString(one.root().resolve("up"), "up");
      Files.writeString(two.root().resolve("up"), "up");
      String made =
          String.join("\n", lines.subList(0, start))
              .replace(":8081", ":" + one.port())
              .replace(":8082", ":" + two.port());
      Tool.bash(own, Map.of(), made).expectSuccess();
      String[] words = lines.get(start).split(" ");
      assertEquals("bin/sallyport", words[0]);
      String[] flags = Arrays.copyOfRange(words, 1, words.length);
      Tool.Result checked = SallyportProcess.subcommand(own, checked(flags));
      checked.expectSuccess();
      try (SallyportProcess routed = SallyportProcess.start(own, flags)) {
        String answers = type(routed, Collections.nCopies(9, lines.get(start + 1))).out();
        assertEquals(10, answers.split("user=ann;", -1).length, answers);
        assertEquals(6, asked(one));
        assertEquals(3, asked(two));
      }
    }
  }

  private static String[] checked(String[] flags) {
    List<String> words = new ArrayList<>(List.of("check-config"));
    words.addAll(List.of(flags));
    return words.toArray(String[]::new);
  }

  private static long asked(Nginx nginx) {
    return nginx.accessLog().lines().filter(line -> line.contains("GET /echo ")).count();
  }

  @Test
  void severalClustersAreContextsOfOneKubeconfig() throws IOException {
    List<String> lines = block("### Several clusters");
    String[] words = lines.get(0).split(" ");
    assertEquals("bin/sallyport", words[0]);
    Path own = Files.createDirectory(folder.resolve("clusters"));
    try (SallyportProcess blue =
            SallyportProcess.start(Files.createDirectory(own.resolve("blue")));
        SallyportProcess green =
            SallyportProcess.start(Files.createDirectory(own.resolve("green")))) {
      named(blue, own, "blue");
      named(green, own, "green");
      Tool.bash(
              own,
              Map.of("HOME", own.toString(), "KUBECONFIG", "blue.kubeconfig:green.kubeconfig"),
              "kubectl config view --flatten > clusters.kubeconfig")
          .expectSuccess();
      try (SallyportProcess gateway =
          SallyportProcess.start(own, Arrays.copyOfRange(words, 1, words.length))) {
        String out = type(gateway, lines.subList(1, lines.size())).out();
        assertTrue(out.contains("configmap/here created"), out);
        assertFalse(out.contains("\nhere "), out);
        String get = "kubectl get configmap here -o jsonpath={.data.is} --ignore-not-found";
        assertEquals("blue", type(blue, List.of(get)).out());
        assertEquals("", type(green, List.of(get)).out());
        assertEquals("", type(gateway, List.of(get)).out());
      }
    }
  }

  /** A block that starts a server: what is typed before, its flags, and what is typed then. */
  private record Started(List<String> before, List<String> flags, List<String> after) {
    static Started of(List<String> lines) {
      int from = 0;
      while (!lines.get(from).startsWith("bin/sallyport ")) {
        from++;
      }
      int to = from;
      while (lines.get(to).endsWith("\\")) {
        to++;
      }
      String typed = String.join(" ", lines.subList(from, to + 1)).replace("\\", "");
      List<String> words = new ArrayList<>(List.of(typed.trim().split(" +")));
      words.remove(0);
      return new Started(lines.subList(0, from), words, lines.subList(to + 1, lines.size()));
    }

    /** The flags with something else in the place of what is written. */
    String[] flags(String written, String instead) {
      assertTrue(String.join(" ", flags).contains(written), written);
      return flags.stream().map(each -> each.replace(written, instead)).toArray(String[]::new);
    }
  }

  @Needs("nginx")
  @Test
  void beforeAServiceTheClusterSaysWhoMayReadIt() throws IOException {
    Started block = Started.of(block("### Before a service, as kube-rbac-proxy"));
    Path own = Files.createDirectory(folder.resolve("service"));
    int probes = SallyportProcess.freePort();
    try (Nginx nginx = Nginx.start(Files.createDirectory(own.resolve("nginx")))) {
      type(block.before());
      List<String> flags =
          new ArrayList<>(List.of(block.flags(":8081/", ":" + nginx.port() + "/files/")));
      assertTrue(flags.remove("--secure-listen-address=127.0.0.1:8443"), "its address");
      assertTrue(flags.remove("--proxy-endpoints-port=8444"), "its own port");
      flags.replaceAll(each -> each.replace("$KUBECONFIG", server.adminKubeconfig().toString()));
      Files.writeString(nginx.root().resolve("metrics"), "requests 7\n");
      try (SallyportProcess gate =
          SallyportProcess.startBefore(own, probes, flags.toArray(String[]::new))) {
        String typed =
            String.join("\n", block.after())
                .replace(":8443", ":" + gate.port())
                .replace(":8444", ":" + probes);
        String out =
            Tool.bash(
                    own,
                    Map.of(
                        "HOME",
                        folder.toString(),
                        "KUBECONFIG",
                        server.adminKubeconfig().toString()),
                    typed)
                .expectSuccess()
                .out();
        assertTrue(out.startsWith("requests 7\n"), out);
        assertTrue(out.contains("scraper\\\" cannot get path \\\"/admin\\\""), out);
        assertTrue(out.endsWith("ok"), out);
      }
    }
  }

  @Test
  void throughTheGatewayListsShowWhatOneMaySee() throws Exception {
    Started block = Started.of(block("### Lists through the gateway"));
    Path own = Files.createDirectory(folder.resolve("lists"));
    try (SallyportProcess blue =
        SallyportProcess.start(Files.createDirectory(own.resolve("blue")))) {
      named(blue, own, "blue");
      Files.copy(own.resolve("blue.kubeconfig"), own.resolve("clusters.kubeconfig"));
      run(own, Map.of("HOME", own.toString()), block.before());
      try (SallyportProcess gateway =
          SallyportProcess.start(own, block.flags().toArray(String[]::new))) {
        Eventually.holds(
            "the cluster's roles are known",
            () -> !type(gateway, block.after()).out().contains("have not been read yet"));
        String out = type(gateway, block.after()).out();
        assertTrue(out.contains("\"namespace\": \"red\""), out);
        assertTrue(out.contains("\"name\": \"plan\""), out);
        assertFalse(out.contains("green"), out);
      }
    }
  }

  @Needs({"nginx", "jq"})
  @Test
  void whatHappensInPodsIsRecorded() throws Exception {
    Started block = Started.of(block("### kubectl exec, recorded"));
    Path own = Files.createDirectory(folder.resolve("recorded"));
    Files.writeString(own.resolve("tokens.csv"), "s3cret,ann,u1\n");
    run(own, Map.of(), block.before());
    int port = SallyportProcess.freePort();
    try (Nginx nginx = Nginx.start(Files.createDirectory(own.resolve("nginx")));
        TestKubelet kubelet =
            TestKubelet.start(
                Files.createDirectory(own.resolve("pod")), Set.of(Speaks.SPDY, Speaks.WEBSOCKET));
        SallyportProcess gateway =
            SallyportProcess.start(
                own, block.flags("https://10.0.0.7:6443", "http://127.0.0.1:" + kubelet.port()))) {
      assertEquals("hello\nbye\n", type(gateway, block.after().subList(0, 1)).out());
      String forward = block.after().get(1).replace("8080:80", port + ":" + nginx.port());
      String typed =
          forward
              + " > forward.log & forwarder=$!; while ! curl -s -o index http://127.0.0.1:"
              + port
              + "/echo; do sleep 0.1; done; kill $forwarder";
      type(gateway, List.of(typed));
      Eventually.holds(
          "the connection is recorded",
          () -> {
            try (var files = Files.list(own.resolve("sessions"))) {
              return files.anyMatch(
                  file -> file.toString().endsWith(".ports.jsonl") && file.toFile().length() > 0);
            }
          });
      String out = type(gateway, block.after().subList(2, block.after().size())).out();
      assertTrue(out.startsWith("{\"version\":2,"), out);
      assertTrue(out.contains("kubernetes-admin exec default/web: sh -c"), out);
      assertTrue(out.contains("\nhello\nbye\n{"), out);
      assertTrue(out.contains("\"bytesReceived\":"), out);
    }
  }

  /** The server's own kubeconfig, with names that can stand beside others. */
  private static void named(SallyportProcess server, Path to, String name) throws IOException {
    String own =
        Files.readString(server.adminKubeconfig())
            .replace("name: sallyport", "name: " + name)
            .replace("cluster: sallyport", "cluster: " + name)
            .replace("current-context: sallyport", "current-context: " + name)
            .replace("\"admin\"", "admin-of-" + name);
    Files.writeString(to.resolve(name + ".kubeconfig"), own);
  }
}
