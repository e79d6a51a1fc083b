package dev.sallyport.authn.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authn.token.introspection.Introspection;
import dev.sallyport.authn.token.webhook.RoutedWebhook;
import dev.sallyport.authn.token.webhook.TokenMatch;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Introspection endpoints and routed webhooks as a file has them. */
class AskedOutsideTest {
  private static final String GOOD =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthenticationConfiguration
      jwt:
      - issuer: {url: "https://idp.example", audiences: [kube]}
        claimMappings: {username: {claim: sub, prefix: ""}}
      ---
      apiVersion: sallyport.dev/v1alpha1
      kind: SallyportAuthentication
      introspection:
      - endpoint: https://idp.example/introspect
        clientID: us
        clientSecretFile: idp.secret
        tokenPrefix: opq_
        audiences: [kube]
        timeout: 2s
        cacheTTL: 30s
        claimMappings:
          username: {expression: "'idp:' + claims.sub"}
      - endpoint: https://other.example/introspect
        bearerTokenFile: other.token
        claimValidationRules: [{claim: client_id, requiredValue: kube}]
        claimMappings: {username: {claim: username, prefix: "other:"}}
      tokenWebhooks:
      - kubeConfigFile: ci.kubeconfig
        version: v1
        cacheTTL: 10s
        match: {prefix: ci_}
      - kubeConfigFile: ci.kubeconfig
        version: v1beta1
        match: {issuer: "https://ci.example"}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("idp.secret"), "s3cret\n");
    Files.writeString(folder.resolve("other.token"), "t0ken");
    Files.writeString(folder.resolve("two.lines"), "s3cret\nmore");
    Files.writeString(folder.resolve("empty"), "\n");
    Files.writeString(folder.resolve("ci.token"), "hook-token\n");
    Files.writeString(
        folder.resolve("ci.kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "https://ci.example/review"}}]
        users: [{name: c, user: {tokenFile: ci.token}}]
        contexts: [{name: c, context: {cluster: c, user: c}}]
        """);
  }

  @Test
  void readsWhomToAsk() throws InvalidFileException {
    AuthenticationFile file = read(GOOD);
    Introspection first = file.introspections().get(0);
    assertEquals(URI.create("https://idp.example/introspect"), first.endpoint());
    assertEquals("Basic dXM6czNjcmV0", first.authorization().reveal());
    assertEquals("opq_", first.prefix());
    assertEquals(Set.of("kube"), first.audiences());
    assertEquals(Duration.ofSeconds(2), first.timeout());
    assertEquals(Duration.ofSeconds(30), first.cacheTtl());
    Introspection second = file.introspections().get(1);
    assertEquals("Bearer t0ken", second.authorization().reveal());
    assertEquals("", second.prefix());
    assertEquals(Duration.ofSeconds(5), second.timeout());
    assertEquals(Duration.ofMinutes(1), second.cacheTtl());
    RoutedWebhook ci = file.webhooks().get(0);
    assertEquals(URI.create("https://ci.example/review"), ci.target().url());
    assertEquals(ReviewVersion.V1, ci.version());
    assertEquals(Duration.ofSeconds(10), ci.cacheTtl());
    assertEquals(new TokenMatch.ByPrefix("ci_"), ci.match());
    assertEquals(
        new RoutedWebhook(
            ci.target(),
            ReviewVersion.V1BETA1,
            Duration.ofMinutes(2),
            new TokenMatch.ByIssuer("https://ci.example")),
        file.webhooks().get(1));
  }

  @Test
  void aSecretIsNeverPrinted() throws InvalidFileException {
    AuthenticationFile file = read(GOOD);
    assertFalse(file.toString().contains("s3cret"));
    assertFalse(file.toString().contains("t0ken"));
    assertFalse(file.toString().contains("hook-token"));
  }

  @Test
  void followsEveryFileItNames() throws Exception {
    List<Path> files = new ConfigReferences().in(content(GOOD));
    assertEquals(
        Set.of("idp.secret", "other.token", "ci.kubeconfig", "ci.token"),
        Set.copyOf(files.stream().map(file -> file.getFileName().toString()).toList()));
    Files.delete(folder.resolve("ci.kubeconfig"));
    assertEquals(2, new ConfigReferences().in(content(GOOD)).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^', // the values have quotes of their own
      value = {
        "https://idp.example/introspect|http://idp.example/introspect|introspection[0].endpoint",
        "https://idp.example/introspect|https://idp.example/introspect?a=b|introspection[0].endpoint",
        "- endpoint: https://idp.example/introspect|- tokenPrefix2: a|introspection[0].endpoint",
        "  tokenPrefix: opq_|  certificateAuthority: x|introspection[0].certificateAuthority",
        "tokenPrefix: opq_|tokenPrefix: ''|introspection[0].tokenPrefix",
        "tokenPrefix: opq_|prefix: opq_|introspection[0].prefix: unknown field",
        "clientSecretFile: idp.secret|clientSecretFile: none|introspection[0].clientSecretFile",
        "clientSecretFile: idp.secret|clientSecretFile: empty|introspection[0].clientSecretFile",
        "clientSecretFile: idp.secret|clientSecretFile: two.lines|introspection[0].clientSecretFile",
        "  clientSecretFile: idp.secret||introspection[0].clientSecretFile",
        "  clientID: us||introspection[0].clientID",
        "clientID: us|bearerTokenFile: other.token|introspection[0]: expected either",
        "  bearerTokenFile: other.token||introspection[1]: expected either",
        "  audiences: [kube]||introspection[0].audiences",
        "  audiences: [kube]|  audiences: [kube, kube]|introspection[0].audiences",
        "timeout: 2s|timeout: 0s|introspection[0].timeout",
        "timeout: 2s|timeout: 2|introspection[0].timeout",
        "timeout: 2s|timeout: soon|introspection[0].timeout",
        "cacheTTL: 30s|cacheTTL: 2h|introspection[0].cacheTTL",
        "cacheTTL: 30s|cacheTTL: -1s|introspection[0].cacheTTL",
        "'idp:' + claims.sub|claims.email|introspection[0].claimMappings.username.expression",
        "'idp:' + claims.sub|sub|introspection[0].claimMappings.username.expression",
        "claim: client_id, ||introspection[1].claimValidationRules[0]",
        "kubeConfigFile: ci.kubeconfig|kubeConfigFile: none|tokenWebhooks[0].kubeConfigFile",
        "kubeConfigFile: ci.kubeconfig|kubeConfigFile: empty|tokenWebhooks[1].kubeConfigFile",
        "kubeConfigFile: ci.kubeconfig|kubeConfig: a|tokenWebhooks[0].kubeConfigFile",
        "version: v1beta1|version: v2|tokenWebhooks[1].version",
        "cacheTTL: 10s|cacheTTL: 3h|tokenWebhooks[0].cacheTTL",
        "prefix: ci_|prefix: ''|tokenWebhooks[0].match",
        "prefix: ci_|prefix: ci_, issuer: a|tokenWebhooks[0].match",
        "prefix: ci_|prefx: ci_|tokenWebhooks[0].match.prefx: unknown field",
        "prefix: ci_|issuer: 'https://ci.example'|tokenWebhooks[1].match.issuer",
        "https://ci.example'}|https://idp.example'}|tokenWebhooks[1].match.issuer",
        "https://ci.example'}|https://own'}|tokenWebhooks[1].match.issuer",
      })
  void whatIsWrongIsToldByItsPlace(String good, String bad, String place) {
    String text =
        GOOD.replace("\"", "'").replace("''idp:' + claims.sub'", "\"'idp:' + claims.sub\"");
    assertTrue(text.contains(good), good);
    List<String> faults = faults(text.replace(good, bad == null ? "" : bad));
    assertTrue(faults.stream().anyMatch(fault -> fault.startsWith(place)), place + " in " + faults);
    assertTrue(faults.stream().noneMatch(fault -> fault.contains("s3cret")), faults.toString());
  }

  @Test
  void allFaultsAreToldAtOnce() {
    List<String> faults =
        faults(
            GOOD.replace("https://other", "http://other")
                .replace("timeout: 2s", "timeout: 1h")
                .replace("prefix: ci_", "prefix: ''")
                .replace("version: v1beta1", "version: v3"));
    assertEquals(4, faults.size(), faults.toString());
  }

  private List<String> faults(String text) {
    List<String> faults = assertThrows(InvalidFileException.class, () -> read(text)).faults();
    assertTrue(faults.stream().noneMatch(fault -> fault.contains("\n")), faults.toString());
    return faults;
  }

  private AuthenticationFile read(String text) throws InvalidFileException {
    return AuthenticationFile.parse(
        List.of(content(text)), new Surroundings(List.of("https://own"), false, List.of()));
  }

  private FileContent content(String text) {
    return new FileContent(folder.resolve("authn.yaml"), text.getBytes(UTF_8));
  }
}
