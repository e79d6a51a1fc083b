package dev.sallyport.config.options;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.ControllerName;
import dev.sallyport.config.ControllersConfig;
import dev.sallyport.config.Fault;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.LoggingConfig;
import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLevel;
import dev.sallyport.config.RecordingLimits;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.config.StorageEngine;
import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.StreamsConfig;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.config.TokenWebhookConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerOptionsTest {
  @TempDir Path folder;

  private static Invocation.Serve read(String... args) {
    Invocation invocation = ServerOptions.read(List.of(args), FileChecks.NONE);
    return assertInstanceOf(Invocation.Serve.class, invocation);
  }

  private static ServerConfig config(String... args) {
    return read(args).config();
  }

  private static List<String> faults(String... args) {
    ConfigException e = assertThrows(ConfigException.class, () -> config(args));
    return e.faults().stream().map(Fault::toString).toList();
  }

  /** Writes a certificate and its key; answers their names without ending. */
  private Path pair(String name) throws IOException {
    Instant now = Instant.now();
    CertifiedKey made =
        CertificateAuthority.create("ca", now, now.plusSeconds(600))
            .issue(CertificateSpec.client(name, List.of(), now, now.plusSeconds(600)));
    Path stem = folder.resolve(name);
    Files.writeString(Path.of(stem + ".crt"), PemWriter.certificates(made.chain()));
    Files.writeString(Path.of(stem + ".key"), PemWriter.privateKey(made.key()));
    return stem;
  }

  @Test
  void withoutFlagsEverythingHasADefault() {
    ServerConfig config = config();
    Path data = Path.of("./sallyport-data");
    assertEquals("127.0.0.1", config.serving().bindAddress().getHostAddress());
    assertEquals(6443, config.serving().port());
    assertEquals(TlsVersion.TLS_1_2, config.serving().minVersion());
    assertEquals(List.of(), config.serving().cipherSuites());
    assertEquals(100, config.serving().http2MaxStreams());
    assertEquals(
        new KeyPairFiles(data.resolve("apiserver.crt"), data.resolve("apiserver.key")),
        config.serving().keyPair());
    assertEquals(Optional.of(data.resolve("ca.crt")), config.authentication().clientCa());
    assertEquals(Optional.empty(), config.authentication().tokenFile());
    assertTrue(config.authentication().anonymous());
    assertEquals(Optional.empty(), config.authentication().requestHeader());
    assertEquals(
        List.of("https://kubernetes.default.svc"),
        config.authentication().serviceAccounts().issuers());
    assertEquals(
        List.of(data.resolve("sa.pub")), config.authentication().serviceAccounts().keyFiles());
    assertEquals(data.resolve("sa.key"), config.authentication().serviceAccounts().signingKey());
    assertEquals(List.of("https://kubernetes.default.svc"), config.authentication().apiAudiences());
    assertEquals(List.of(AuthorizationMode.RBAC), config.authorization().modes());
    assertEquals(400, config.limits().maxRequestsInFlight());
    assertEquals(200, config.limits().maxMutatingRequestsInFlight());
    assertEquals(Duration.ofMinutes(1), config.limits().requestTimeout());
    assertEquals(Duration.ofMinutes(30), config.limits().minRequestTimeout());
    assertEquals(Duration.ZERO, config.limits().shutdownDelay());
    assertEquals(data, config.storage().dataDir());
    assertEquals(StorageEngine.EMBEDDED, config.storage().engine());
    assertEquals(Optional.empty(), config.upstream());
    assertEquals(Optional.of(data.resolve("ca.crt")), config.signing().rootCa());
    assertEquals(new LoggingConfig(0, LoggingConfig.Format.TEXT), config.logging());
    assertTrue(config.bootstrap().serving());
    assertEquals(List.of(), read().warnings());
  }

  @Test
  void whatIsGivenIsNotMade() throws IOException {
    Path pair = pair("given");
    ServerConfig config =
        config(
            "--tls-cert-file=" + pair + ".crt",
            "--tls-private-key-file=" + pair + ".key",
            "--client-ca-file=" + pair + ".crt",
            "--service-account-signing-key-file=" + pair + ".key");
    assertFalse(config.bootstrap().needsAuthority());
    assertFalse(config.bootstrap().serviceAccountKey());
    assertEquals(Path.of(pair + ".crt"), config.serving().keyPair().certificate());
    assertEquals(
        List.of(Path.of(pair + ".key")), config.authentication().serviceAccounts().keyFiles());
    assertEquals(Optional.empty(), config.signing().rootCa());
    assertEquals(Map.of(), config.signing().authorities());
  }

  @Test
  void oneAuthoritySignsForAllSignersOrEachHasItsOwn() throws Exception {
    Path all = pair("all");
    assertEquals(
        Set.of(
            "kubernetes.io/kube-apiserver-client",
            "kubernetes.io/kube-apiserver-client-kubelet",
            "kubernetes.io/kubelet-serving",
            "kubernetes.io/legacy-unknown"),
        config(
                "--cluster-signing-cert-file=" + all + ".crt",
                "--cluster-signing-key-file=" + all + ".key")
            .signing()
            .authorities()
            .keySet());
    String certificate = "--cluster-signing-kubelet-client-cert-file=" + all + ".crt";
    String key = "--cluster-signing-kubelet-client-key-file=" + all + ".key";
    assertEquals(
        Set.of("kubernetes.io/kube-apiserver-client-kubelet"),
        config(certificate, key).signing().authorities().keySet());
    assertEquals(Duration.ofDays(365), config().signing().longest());
    assertTrue(
        faults(
                certificate,
                key,
                "--cluster-signing-cert-file=" + all + ".crt",
                "--cluster-signing-key-file=" + all + ".key",
                "--cluster-signing-duration=0s")
            .toString()
            .matches(".*--cluster-signing-duration.*--cluster-signing-cert-file.*"));
  }

  @Test
  void anEmptyClientCaShutsThatWayIn() {
    assertEquals(Optional.empty(), config("--client-ca-file=").authentication().clientCa());
  }

  @Test
  void audiencesDefaultToAllIssuers() {
    ServerConfig config =
        config("--service-account-issuer=https://a", "--service-account-issuer=https://b");
    assertEquals(List.of("https://a", "https://b"), config.authentication().apiAudiences());
  }

  @Test
  void readsRequestHeaders() throws IOException {
    Path pair = pair("front");
    var headers =
        config(
                "--requestheader-client-ca-file=" + pair + ".crt",
                "--requestheader-allowed-names=front-proxy",
                "--requestheader-username-headers=X-Remote-User,X-Alt-User",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-")
            .authentication()
            .requestHeader()
            .orElseThrow();
    assertEquals(List.of("front-proxy"), headers.allowedNames());
    assertEquals(List.of("X-Remote-User", "X-Alt-User"), headers.usernameHeaders());
    assertEquals(List.of("X-Remote-Extra-"), headers.extraHeaderPrefixes());
    assertEquals(List.of(), headers.groupHeaders());
  }

  @Test
  void nodeIsAcceptedWithAWarning() {
    Invocation.Serve serve = read("--authorization-mode=Node,RBAC");
    assertEquals(
        List.of(AuthorizationMode.NODE, AuthorizationMode.RBAC),
        serve.config().authorization().modes());
    assertEquals(1, serve.warnings().size());
  }

  @Test
  void whoMayDoEverythingMustHaveAName() {
    Invocation.Serve serve = read("--authorization-mode=AlwaysAllow");
    assertFalse(serve.config().authentication().anonymous());
    assertTrue(serve.warnings().get(0).startsWith("--anonymous-auth: off"));
  }

  @Test
  void readsAnUpstream() throws IOException {
    Path pair = pair("client");
    var upstream =
        config(
                "--upstream=https://10.0.0.1:6443/base",
                "--upstream-ca-file=" + pair + ".crt",
                "--upstream-client-certificate=" + pair + ".crt",
                "--upstream-client-key=" + pair + ".key",
                "--upstream-identity=impersonate")
            .upstream()
            .orElseThrow();
    assertTrue(upstream.secure());
    assertEquals("/base", upstream.url().getPath());
    assertEquals(UpstreamIdentity.IMPERSONATE, upstream.identity().kind());
    assertEquals(StreamsConfig.PLAIN, upstream.streams());
    assertTrue(upstream.tls().clientCertificate().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "--upstream=http://a, HTTP1",
    "--upstream=h2c://a:1, HTTP2",
    "--upstream=unix:///run/app.sock, HTTP1",
    "--upstream=http://a --upstream-force-h2c, HTTP2",
    "--upstream=https://a --upstream-force-h2c, HTTP1",
    "--upstream=https://a --upstream-protocol=auto --upstream-server-name=b.example, AUTO",
    "--upstream=unix:///run/app.sock --upstream-protocol=http2, HTTP2"
  })
  void readsWhatTheUpstreamSpeaks(String flags, UpstreamProtocol protocol) {
    assertEquals(protocol, config(flags.split(" ")).upstream().orElseThrow().protocol());
  }

  @Test
  void readsWhomToRecord() {
    StreamsConfig streams =
        config(
                "--upstream=https://10.0.0.1:6443",
                "--upstream-streaming=spdy",
                "--session-recording-dir=/recordings",
                "--session-recording-policy=system:masters=none,a=b=all",
                "--session-recording-policy=*=output")
            .upstream()
            .orElseThrow()
            .streams();
    assertEquals(StreamingProtocol.SPDY, streams.protocol());
    RecordingConfig recording = streams.recording().orElseThrow();
    assertEquals(RecordingLevel.NONE, recording.level(List.of("a=b", "system:masters")));
    assertEquals(RecordingLevel.ALL, recording.level(List.of("a=b")));
    assertEquals(RecordingLevel.OUTPUT, recording.level(List.of()));
  }

  @Test
  void whomNoRuleFitsIsNotRecorded() {
    RecordingConfig recording =
        config(
                "--upstream=https://10.0.0.1:6443",
                "--session-recording-dir=/recordings",
                "--session-recording-policy=oncall=all")
            .upstream()
            .orElseThrow()
            .streams()
            .recording()
            .orElseThrow();
    assertEquals(RecordingLevel.NONE, recording.level(List.of("dev")));
  }

  @Test
  void streamsNeedAnUpstream() {
    String faults =
        assertThrows(ConfigException.class, () -> read("--session-recording-dir=/recordings"))
            .toString();
    assertTrue(faults.contains("--session-recording-dir"), faults);
    assertTrue(faults.contains("--upstream to go with it"), faults);
  }

  @Test
  void recordingsAreKeptByNumbers() {
    RecordingConfig recording =
        config(
                "--upstream=https://10.0.0.1:6443",
                "--session-recording-dir=/recordings",
                "--session-recording-max-size=2048",
                "--session-recording-max-age=30",
                "--session-recording-max-files=1000")
            .upstream()
            .orElseThrow()
            .streams()
            .recording()
            .orElseThrow();
    assertEquals(new RecordingLimits(2048, 30, 1000), recording.limits());
    String faults =
        assertThrows(
                ConfigException.class,
                () ->
                    read(
                        "--upstream=http://u",
                        "--session-recording-max-size=-1",
                        "--session-recording-max-age=3"))
            .toString();
    assertTrue(faults.contains("--session-recording-max-size: \"-1\" (expected: 0 or"), faults);
    assertTrue(faults.contains("--session-recording-max-age: \"3\" (expected: --session"), faults);
  }

  @Test
  void aPolicyNeedsALevelAndAFolder() {
    String faults =
        assertThrows(
                ConfigException.class,
                () -> read("--upstream=http://u", "--session-recording-policy=oncall"))
            .toString();
    assertTrue(faults.contains("GROUP=none, GROUP=output or GROUP=all"), faults);
    assertTrue(faults.contains("--session-recording-dir to go with it"), faults);
  }

  @Test
  void readsSniPairs() throws IOException {
    Path pair = pair("sni");
    var sni =
        config("--tls-sni-cert-key=" + pair + ".crt," + pair + ".key:*.example.org,example.org")
            .serving()
            .sni();
    assertEquals(List.of("*.example.org", "example.org"), sni.get(0).names());
  }

  @Test
  void longCipherNamesStandForGosShortOnes() {
    assertEquals(
        List.of("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
        config("--tls-cipher-suites=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305")
            .serving()
            .cipherSuites());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--secure-port=70000|--secure-port: \"70000\" (expected: a port from 0 to 65535)",
        "--secure-port=https|--secure-port: \"https\" (expected: an integer)",
        "--bind-address=localhost|--bind-address: \"localhost\" (expected: an IP address)",
        "--tls-min-version=VersionTLS10|--tls-min-version: \"VersionTLS10\" (expected:"
            + " VersionTLS12, VersionTLS13)",
        "--authorization-mode=ABAC|--authorization-mode: \"ABAC\" (expected: a list of RBAC,"
            + " Node, Webhook, AlwaysAllow, AlwaysDeny)",
        "--authorization-mode=RBAC,Webhook|--authorization-webhook-config-file: \"\" (expected: a"
            + " kubeconfig file for mode Webhook)",
        "--authorization-webhook-config-file=f|--authorization-webhook-config-file: \"f\""
            + " (expected: --authorization-mode with Webhook)",
        "--authorization-webhook-version=v2|--authorization-webhook-version: \"v2\" (expected:"
            + " v1beta1, v1)",
        "--authorization-mode=RBAC,RBAC|--authorization-mode: \"RBAC,RBAC\" (expected: each mode"
            + " once)",
        "--max-requests-inflight=-1|--max-requests-inflight: \"-1\" (expected: 0 or more)",
        "--request-timeout=60|--request-timeout: \"60\" (expected: a time such as 30s, 1m30s or"
            + " 300ms)",
        "--upstream=ftp://x|--upstream: \"ftp://x\" (expected: an http, https or h2c URL without"
            + " user, query and fragment, or unix:///path/of.sock)",
        "--upstream=unix://host/x|--upstream: \"unix://host/x\" (expected: an http, https or h2c"
            + " URL without user, query and fragment, or unix:///path/of.sock)",
        "--upstream=h2c://x --upstream-server-name=y|--upstream-server-name: \"y\" (expected: an"
            + " https --upstream to go with it)",
        "--upstream-identity=none|--upstream-identity: \"none\" (expected: --upstream to go with"
            + " it)",
        "--storage-engine=etcd|--storage-engine: \"etcd\" (expected: embedded, memory)",
        "--audit-log-mode=sometimes|--audit-log-mode: \"sometimes\" (expected: batch, blocking,"
            + " blocking-strict)",
        "--audit-log-version=audit.k8s.io/v1beta1|--audit-log-version: \"audit.k8s.io/v1beta1\""
            + " (expected: audit.k8s.io/v1)",
        "--audit-log-maxage=-1|--audit-log-maxage: \"-1\" (expected: 0 or more days)",
        "--audit-webhook-batch-throttle-qps=0|--audit-webhook-batch-throttle-qps: \"0.0\""
            + " (expected: more than 0)",
        "--audit-webhook-batch-throttle-qps=many|--audit-webhook-batch-throttle-qps: \"many\""
            + " (expected: a number)",
        "serve|sallyport: \"serve\" (expected: flags, or check-config, kubeconfig, certificate,"
            + " token, whoami, version or help)"
      })
  void tellsFlagValueAndWhatIsExpected(String arg, String line) {
    assertEquals(List.of(line), faults(arg.split(" (?=--)")));
  }

  @Test
  void tellsAllFaultsTogether() {
    List<String> lines =
        faults(
            "--secure-port=x",
            "--client-ca-file=nowhere.crt",
            "--tls-cert-file=nowhere.crt",
            "--nonsense",
            "--authorization-mode=Sometimes");
    assertEquals(6, lines.size(), lines.toString());
    assertTrue(
        lines.contains(
            "--client-ca-file: \"nowhere.crt\" (expected: a PEM file with certificates; no such"
                + " file)"),
        lines.toString());
    assertTrue(
        lines.contains(
            "--tls-private-key-file: \"\" (expected: the private key of --tls-cert-file)"));
  }

  @Test
  void oneWayInKeepsNoFaultOfAnotherBack() {
    List<String> lines =
        faults(
            "--service-account-issuer=",
            "--oidc-issuer-url=http://idp",
            "--oidc-signing-algs=none",
            "--authentication-token-webhook-version=v2",
            "--requestheader-client-ca-file=nowhere.crt");
    assertEquals(
        Set.of(
            "--service-account-issuer",
            "--oidc-issuer-url",
            "--oidc-client-id",
            "--oidc-signing-algs",
            "--authentication-token-webhook-version",
            "--requestheader-client-ca-file"),
        lines.stream().map(line -> line.substring(0, line.indexOf(':'))).collect(toSet()));
  }

  @Test
  void revocationsThatNobodyCanWriteAreWarnedOf() {
    List<String> warnings =
        read("--upstream=http://127.0.0.1:1", "--credential-revocation").warnings();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith("--credential-revocation: with --upstream"));
    assertEquals(List.of(), read("--credential-revocation").warnings());
  }

  @Test
  void anAuditLogThatCannotBeWrittenIsToldBeforeTheStart() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        List.of(
            "--audit-log-path: \"" + folder + "\" (expected: a file to append to; is a folder)"),
        faults("--audit-log-path=" + folder));
    assertEquals(
        List.of(
            "--audit-log-path: \"%s/log\" (expected: a file to append to; %s is no folder)"
                .formatted(file, file)),
        faults("--audit-log-path=" + file + "/log"));
    assertEquals(file, config("--audit-log-path=" + file).audit().log().orElseThrow().file().get());
    config("--audit-log-path=" + folder.resolve("made/at/start"));
    assertTrue(Files.notExists(folder.resolve("made")));
  }

  @Test
  void aKeyOfAnotherCertificateIsAFault() throws IOException {
    Path one = pair("one");
    Path two = pair("two");
    assertEquals(
        List.of(
            "--tls-private-key-file: \""
                + two
                + ".key\" (expected: the private key of "
                + one
                + ".crt; is not the private key of the certificate in "
                + one
                + ".crt)"),
        faults("--tls-cert-file=" + one + ".crt", "--tls-private-key-file=" + two + ".key"));
  }

  @Test
  void anAuthorizationConfigStandsAlone() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                read(
                    "--authorization-config=a.yaml",
                    "--authorization-mode=RBAC",
                    "--authorization-webhook-version=v1"));
    assertEquals(
        List.of("--authorization-mode", "--authorization-webhook-version"),
        e.faults().stream().map(Fault::flag).toList());
  }

  @Test
  void aTokenWebhookIsAskedInTheOldVersionUnlessToldOtherwise() {
    TokenWebhookConfig webhook =
        read("--authentication-token-webhook-config-file=hook")
            .config()
            .authentication()
            .tokenWebhook()
            .orElseThrow();
    assertEquals(
        new TokenWebhookConfig(Path.of("hook"), ReviewVersion.V1BETA1, Duration.ofMinutes(2)),
        webhook);
  }

  @Test
  void aTokenFileIsJudgedByTheFirstDoor() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                ServerOptions.read(
                    List.of("--token-auth-file=tokens.csv"),
                    new FileChecks(
                        file -> {
                          throw new InvalidFileException(file, "line 1: two columns");
                        },
                        file -> {},
                        file -> {},
                        file -> {},
                        file -> {},
                        (file, authorities) -> {},
                        (file, issuers, anonymous) -> {},
                        file -> {},
                        reference -> {})));
    assertEquals(
        "--token-auth-file: \"tokens.csv\" (expected: CSV lines of token,user,uid and optionally"
            + " groups; line 1: two columns)",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--allow-privileged",
        "--enable-admission-plugins=NodeRestriction",
        "--etcd-servers=https://127.0.0.1:2379",
        "--feature-gates=A=true",
        "--kubelet-client-key=/nowhere",
        "--profiling=false"
      })
  void flagsOfCopiedManifestsAreWarnedOf(String arg) {
    List<String> warnings = read(arg).warnings();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).startsWith(arg.split("=", 2)[0] + " "), warnings.toString());
  }

  @Test
  void theCommandLineWinsOverTheFile() throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(
        file, "secure-port: 7443\nanonymous-auth: false\nservice-account-issuer: [a, b]\n");
    ServerConfig config = config("--config=" + file, "--secure-port=8443");
    assertEquals(8443, config.serving().port());
    assertFalse(config.authentication().anonymous());
    assertEquals(List.of("a", "b"), config.authentication().serviceAccounts().issuers());
  }

  @Test
  void controllersAreChosenAsKubeControllerManagerChoosesThem() {
    assertTrue(config().controllers().runs(ControllerName.GARBAGE_COLLECTOR));
    assertFalse(config().controllers().runs(ControllerName.TOKEN_CLEANER), "off by default");
    ControllersConfig withTokens =
        config("--enable-bootstrap-token-auth", "--controllers=*,-bootstrapsigner").controllers();
    assertTrue(withTokens.runs(ControllerName.TOKEN_CLEANER));
    assertFalse(withTokens.runs(ControllerName.BOOTSTRAP_SIGNER));
    ControllersConfig some =
        config("--controllers=*,-garbage-collector-controller,tokencleaner").controllers();
    assertFalse(some.runs(ControllerName.GARBAGE_COLLECTOR));
    assertTrue(some.runs(ControllerName.TOKEN_CLEANER));
    assertTrue(some.runs(ControllerName.NAMESPACE));
    assertEquals(
        Set.of(ControllerName.NAMESPACE),
        config("--controllers=namespace-controller,-namespace-controller").controllers().enabled(),
        "the first mention counts");
    assertFalse(
        config("--enable-garbage-collector=false")
            .controllers()
            .runs(ControllerName.GARBAGE_COLLECTOR));
  }

  @Test
  void unknownControllersAreRefusedWithTheNearestName() {
    String fault = faults("--controllers=*,-namespaces-controller").get(0);
    assertTrue(
        fault.startsWith(
            "--controllers: \"-namespaces-controller\" (expected: did you mean"
                + " namespace-controller? known are *, "),
        fault);
  }

  @Test
  void leaseTimesMustFitEachOther() {
    assertEquals(
        List.of(
            "--leader-elect-lease-duration: \"5s\" (expected: at least 1s, and longer than"
                + " --leader-elect-renew-deadline)"),
        faults("--leader-elect-lease-duration=5s"));
  }

  @Test
  void theServiceKubernetesHasTheFirstAddressOfItsNetwork() {
    assertEquals(
        "10.96.0.1",
        config("--service-cluster-ip-range=10.96.0.0/12,fd00::/108")
            .kubernetesService()
            .clusterAddress()
            .getHostAddress());
    assertFalse(config("--endpoint-reconciler-type=none").kubernetesService().published());
    assertEquals(
        List.of(
            "--service-cluster-ip-range: \"10.96.0.0\" (expected: a network such as 10.0.0.0/24)"),
        faults("--service-cluster-ip-range=10.96.0.0"));
    assertEquals(
        List.of(
            "--service-cluster-ip-range: \"10.0.0.0/24,10.1.0.0/24\" (expected: one network of"
                + " each IP family at most)"),
        faults("--service-cluster-ip-range=10.0.0.0/24,10.1.0.0/24"));
    assertEquals(
        List.of("--advertise-address: \"here\" (expected: an IP address)"),
        faults("--advertise-address=here"));
  }

  @Test
  void nodePortsAreARange() {
    assertEquals(30_000, config().kubernetesService().network().firstNodePort());
    ServiceNetworkConfig network =
        config("--service-node-port-range=8000+99").kubernetesService().network();
    assertEquals(8_000, network.firstNodePort());
    assertEquals(8_099, network.lastNodePort());
    for (String wrong : List.of("a-b", "5-3", "0-10", "1-70000")) {
      assertEquals(
          List.of(
              "--service-node-port-range: \"%s\" (expected: a range of ports such as 30000-32767)"
                  .formatted(wrong)),
          faults("--service-node-port-range=" + wrong));
    }
  }

  @Test
  void helpAndVersionComeBeforeFaults() {
    assertInstanceOf(
        Invocation.Help.class, ServerOptions.read(List.of("--nonsense", "-h"), FileChecks.NONE));
    assertInstanceOf(
        Invocation.Version.class, ServerOptions.read(List.of("--version=raw"), FileChecks.NONE));
  }

  @Test
  void helpHasKubeApiserversSections() {
    String help = ServerOptions.help();
    for (String section : List.of("Generic", "Secure serving", "Authentication", "Authorization")) {
      assertTrue(help.contains("\n" + section + " flags:\n"), section);
    }
    assertFalse(help.contains("--etcd-servers"));
  }
}
