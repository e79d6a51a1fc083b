package dev.sallyport.audit.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.AuditPolicy;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Level;
import dev.sallyport.audit.Stage;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyFileTest {

  private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";
  private static final UserInfo ANN = UserInfo.of("ann", "dev", "system:authenticated");

  private static AuditPolicy policy(String text) throws InvalidFileException {
    return PolicyFile.parse(
        List.of(
            new FileContent(
                Path.of("policy.yaml"), (HEAD + text).getBytes(StandardCharsets.UTF_8))));
  }

  private static Level level(AuditPolicy policy, RequestInfo request) {
    return policy.judge(ANN, request).level();
  }

  private static RequestInfo resource(String verb, String group, String combined, String name) {
    int slash = combined.indexOf('/');
    String resource = slash < 0 ? combined : combined.substring(0, slash);
    String sub = slash < 0 ? "" : combined.substring(slash + 1);
    return RequestInfo.ofResource(verb, group, "v1", "ns", resource, sub, name);
  }

  @Test
  void theFirstRuleThatMatchesJudges() throws InvalidFileException {
    AuditPolicy policy =
        policy(
            """
            rules:
            - level: None
              users: [ann]
              verbs: [list, watch]
            - level: Metadata
              userGroups: [ops, dev]
            - level: RequestResponse
            """);
    assertEquals(Level.NONE, level(policy, resource("list", "", "pods", "")));
    assertEquals(Level.METADATA, level(policy, resource("get", "", "pods", "a")));
    assertEquals(
        Level.REQUEST_RESPONSE,
        policy.judge(UserInfo.of("bob"), resource("list", "", "pods", "")).level());
    assertEquals(
        Level.REQUEST_RESPONSE, policy.judge(null, RequestInfo.ofPath("get", "/")).level());
  }

  @Test
  void whatNoRuleMatchesIsNotWritten() throws InvalidFileException {
    AuditPolicy policy = policy("rules: [{level: Metadata, users: [bob]}]");
    assertTrue(policy.judge(ANN, RequestInfo.ofPath("get", "/version")).silent());
    assertTrue(policy.judge(null, RequestInfo.ofPath("get", "/version")).silent());
  }

  @ParameterizedTest
  @CsvSource({
    "pods, pods, true",
    "pods, pods/log, false",
    "pods/log, pods/log, true",
    "pods/log, pods, false",
    "pods/log, pods/exec, false",
    "pods/*, pods/log, true",
    "pods/*, pods, true",
    "pods/*, podtemplates, false",
    "*/scale, deployments/scale, true",
    "*/scale, deployments, false",
    "*/scale, deployments/status, false",
    "*/cale, deployments/scale, false",
    "*, pods, true",
    "*, pods/log, true",
    "*/*, pods/log, false",
  })
  void resourcesMatchAsKubernetesDocumentsThem(String pattern, String asked, boolean matches)
      throws InvalidFileException {
    AuditPolicy policy =
        policy(
            "rules: [{level: Request, resources: [{group: g, resources: ['" + pattern + "']}]}]");
    assertEquals(
        matches ? Level.REQUEST : Level.NONE, level(policy, resource("get", "g", asked, "x")));
    assertEquals(Level.NONE, level(policy, resource("get", "other", asked, "x")));
  }

  @Test
  void namesNamespacesAndWholeGroups() throws InvalidFileException {
    AuditPolicy policy =
        policy(
            """
            rules:
            - level: Request
              resources: [{group: "", resources: [configmaps], resourceNames: [leader]}]
            - level: Metadata
              namespaces: [ns, ""]
              resources: [{group: apps}]
            """);
    assertEquals(Level.REQUEST, level(policy, resource("get", "", "configmaps", "leader")));
    assertEquals(Level.NONE, level(policy, resource("get", "", "configmaps", "other")));
    assertEquals(Level.METADATA, level(policy, resource("get", "apps", "deployments/scale", "x")));
    assertEquals(
        Level.NONE,
        level(policy, RequestInfo.ofResource("get", "apps", "v1", "far", "deployments", "", "")));
    assertEquals(Level.NONE, level(policy, RequestInfo.ofPath("get", "/apis/apps")));
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz*, /healthz, true",
    "/healthz*, /healthz/ping, true",
    "/healthz*, /health, false",
    "/version, /version, true",
    "/version, /version/x, false",
    "*, /anything, true",
  })
  void pathsMatchWholeOrByTheirBeginning(String pattern, String path, boolean matches)
      throws InvalidFileException {
    AuditPolicy policy = policy("rules: [{level: Metadata, nonResourceURLs: ['" + pattern + "']}]");
    assertEquals(
        matches ? Level.METADATA : Level.NONE, level(policy, RequestInfo.ofPath("get", path)));
    assertEquals(Level.NONE, level(policy, resource("get", "", "pods", "")));
  }

  @Test
  void stagesAndManagedFieldsOfPolicyAndRuleAddUp() throws InvalidFileException {
    AuditPolicy policy =
        policy(
            """
            omitStages: [RequestReceived]
            omitManagedFields: true
            rules:
            - level: Metadata
              verbs: [get]
              omitStages: [Panic]
              omitManagedFields: false
            - level: Metadata
            """);
    Judgement one = policy.judge(ANN, resource("get", "", "pods", ""));
    assertTrue(!one.covers(Stage.REQUEST_RECEIVED) && !one.covers(Stage.PANIC));
    assertTrue(one.covers(Stage.RESPONSE_COMPLETE) && !one.omitManagedFields());
    Judgement other = policy.judge(ANN, resource("list", "", "pods", ""));
    assertTrue(other.covers(Stage.PANIC) && other.omitManagedFields());
  }

  @ParameterizedTest
  @CsvSource({
    "'', secrets, Metadata",
    "'', secrets/x, Metadata",
    "'', serviceaccounts/token, Metadata",
    "authentication.k8s.io, tokenreviews, Metadata",
    "'', serviceaccounts, RequestResponse",
    "'', configmaps, RequestResponse",
    "example.org, secrets, RequestResponse",
  })
  void case190CredentialsAreLeftOutUnlessARuleNamesThem(String group, String asked, String level)
      throws InvalidFileException {
    AuditPolicy all = policy("rules: [{level: RequestResponse}]");
    assertEquals(level, level(all, resource("create", group, asked, "x")).text());
    AuditPolicy group2 =
        policy(
            "rules: [{level: RequestResponse, resources: [{group: '%s', resources: ['*']}]}]"
                .formatted(group));
    assertEquals(level, level(group2, resource("create", group, asked, "x")).text());
    AuditPolicy named =
        policy(
            "rules: [{level: RequestResponse, resources: [{group: '%s', resources: ['%s']}]}]"
                .formatted(group, asked));
    assertEquals(Level.REQUEST_RESPONSE, level(named, resource("create", group, asked, "x")));
  }

  @Test
  void tellsEverythingThatIsWrongWithAPolicy() {
    InvalidFileException e =
        assertThrows(
            InvalidFileException.class,
            () ->
                policy(
                    """
                    omitStages: [Sometimes]
                    rules:
                    - level: Everything
                      user: [ann]
                    - level: Metadata
                      resources: [{group: apps/v1, resourceNames: [a]}]
                      nonResourceURLs: [healthz, "/a*b"]
                    """));
    for (String fault :
        List.of(
            "omitStages: \"Sometimes\"",
            "rules[0].level: \"Everything\"",
            "rules[0].user: unknown field",
            "rules[1].resources[0].group: \"apps/v1\"",
            "rules[1].resources[0].resourceNames",
            "rules[1].nonResourceURLs: \"healthz\"",
            "rules[1].nonResourceURLs: \"/a*b\"",
            "rules[1].nonResourceURLs: stands beside resources")) {
      assertTrue(e.fault().contains(fault), () -> fault + " in " + e.fault());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apiVersion: audit.k8s.io/v1beta1|apiVersion",
        "kind: Rules|kind",
        "rules: []|rules: there is none",
      })
  void refusesWhatIsNoPolicy(String line, String fault) {
    String text = HEAD.replaceAll("(?m)^" + line.substring(0, line.indexOf(':')) + ":.*\n", "");
    InvalidFileException e =
        assertThrows(
            InvalidFileException.class,
            () ->
                PolicyFile.parse(
                    List.of(
                        new FileContent(
                            Path.of("p"), (text + line).getBytes(StandardCharsets.UTF_8)))));
    assertTrue(e.fault().contains(fault), e.fault());
  }
}
