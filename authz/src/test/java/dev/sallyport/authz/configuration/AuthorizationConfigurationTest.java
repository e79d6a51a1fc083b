package dev.sallyport.authz.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationConfigurationTest {

  private static final String HEAD =
      "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n";
  private static final String HOOK =
      HEAD
          + """
          authorizers:
          - type: Webhook
            name: hook
            webhook:
              timeout: 3s
              subjectAccessReviewVersion: v1
              matchConditionSubjectAccessReviewVersion: v1
              failurePolicy: Deny
              connectionInfo: {type: KubeConfigFile, kubeConfigFile: /etc/hook}
              matchConditions:
              - expression: request.user != 'x'
          """;

  @Test
  void readsAuthorizersInTheirOrder() throws Exception {
    List<AuthorizerEntry> entries =
        read(HOOK + "- {type: Node, name: node}\n- {type: RBAC, name: rbac.example}\n");

    assertEquals(
        List.of(AuthorizationMode.WEBHOOK, AuthorizationMode.NODE, AuthorizationMode.RBAC),
        entries.stream().map(AuthorizerEntry::type).toList());
    assertEquals(
        Optional.of(
            new WebhookAuthorizerConfig(
                "hook",
                Path.of("/etc/hook"),
                ReviewVersion.V1,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                true,
                List.of("request.user != 'x'"))),
        entries.get(0).webhook());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1beta1", "v1alpha1"})
  void readsOlderVersions(String version) throws Exception {
    assertEquals(1, read(HOOK.replace("k8s.io/v1", "k8s.io/" + version)).size());
  }

  @Test
  void switchesTurnCachesOff() throws Exception {
    String uncached =
        HOOK.replace(
            "timeout: 3s",
            "timeout: 3s\n    authorizedTTL: 7s\n    cacheAuthorizedRequests: false\n"
                + "    unauthorizedTTL: 8s\n    cacheUnauthorizedRequests: true");

    WebhookAuthorizerConfig webhook = read(uncached).get(0).webhook().orElseThrow();

    assertEquals(Duration.ZERO, webhook.authorizedTtl());
    assertEquals(Duration.ofSeconds(8), webhook.unauthorizedTtl());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k8s.io/v1| k8s.io/v2| apiVersion: ",
        "kind: Auth| kind: Other| kind: ",
        "type: Webhook| type: ABAC| authorizers[0].type: ",
        "name: hook| name: Hook| authorizers[0].name: ",
        "name: hook| name: a..b| authorizers[0].name: ",
        "name: hook| name: a.-b| authorizers[0].name: ",
        "name: hook| name: ''| authorizers[0].name: ",
        "timeout: 3s| timeout: 31s| authorizers[0].webhook.timeout: ",
        "timeout: 3s| timeout: 0s| authorizers[0].webhook.timeout: ",
        "timeout: 3s| unauthorizedTTL: 3s| authorizers[0].webhook.timeout: ",
        "timeout: 3s| timeout: soon| authorizers[0].webhook.timeout: ",
        "timeout: 3s| authorizedTTL: -1s| authorizers[0].webhook.authorizedTTL: ",
        "ReviewVersion: v1| ReviewVersion: v2| subjectAccessReviewVersion: ",
        "matchConditionSubjectAccessReviewVersion: v1| unknown: 1|"
            + " matchConditionSubjectAccessReviewVersion: ",
        "matchConditionSubjectAccessReviewVersion: v1| unknown: 1| webhook.unknown: unknown field",
        "failurePolicy: Deny| failurePolicy: Allow| authorizers[0].webhook.failurePolicy: ",
        "type: KubeConfigFile| type: InClusterConfig| connectionInfo.type: ",
        "/etc/hook| etc/hook| connectionInfo.kubeConfigFile: ",
        "request.user != 'x'| bad| matchConditions[0].expression: it is bad",
        "request.user != 'x'| ''| matchConditions[0].expression: missing",
        "type: Webhook| type: RBAC| authorizers[0].webhook: is there",
      })
  void tellsWhatIsWrong(String right, String wrong, String fault) {
    String message = fault(HOOK.replace(right, wrong.equals("''") ? "''" : wrong));

    assertTrue(message.contains(fault), message);
  }

  @Test
  void tellsEverythingTogether() {
    String message =
        fault(
            HEAD
                + """
                authorizers:
                - {type: RBAC, name: same}
                - {type: RBAC, name: same}
                - {type: Webhook, name: hook}
                - {type: Webhook, name: hook2, webhook: {}}
                """);

    for (String expected :
        List.of(
            "authorizers[1].type: ",
            "authorizers[1].name: ",
            "authorizers[2].webhook: missing",
            "authorizers[3].webhook.timeout: ",
            "authorizers[3].webhook.failurePolicy: ",
            "authorizers[3].webhook.connectionInfo.type: ")) {
      assertTrue(message.contains(expected), () -> expected + " not in " + message);
    }
  }

  @Test
  void needsAnAuthorizer() {
    assertTrue(fault(HEAD).contains("authorizers: names none"));
    assertTrue(fault("").contains("holds no AuthorizationConfiguration"));
  }

  @Test
  void findsKubeconfigsInABrokenConfigurationToo() throws Exception {
    assertEquals(
        List.of(Path.of("/etc/hook")),
        AuthorizationConfiguration.kubeconfigs(content(HOOK.replace("3s", "never"))));
  }

  private static List<AuthorizerEntry> read(String text) throws InvalidFileException {
    return AuthorizationConfiguration.read(
        content(text),
        expression -> expression.equals("bad") ? Optional.of("it is bad") : Optional.empty());
  }

  private static String fault(String text) {
    return assertThrows(InvalidFileException.class, () -> read(text)).fault();
  }

  private static FileContent content(String text) {
    return new FileContent(Path.of("authz.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }
}
