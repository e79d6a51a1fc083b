package dev.sallyport.resources.kinds.admissionregistration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionKindsTest {

  private static final String RULE =
      "{operations: [CREATE], apiGroups: [apps], apiVersions: [v1], resources: [deployments]}";
  private static final String CLIENT = "clientConfig: {service: {name: s, namespace: n1}}";
  private static final String REST = "admissionReviewVersions: [v1], sideEffects: None";

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String hooks(String kind, String webhook) {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: "
        + kind
        + ", metadata: {name: w}, webhooks: ["
        + webhook
        + "]}";
  }

  private static String validating(String fields) {
    return hooks("ValidatingWebhookConfiguration", "{" + fields + "}");
  }

  @Test
  void webhookGetsItsDefaults() {
    ObjectNode made =
        kinds.create(
            hooks(
                "MutatingWebhookConfiguration",
                "{name: a.example.com, rules: [" + RULE + "], " + CLIENT + ", " + REST + "}"));
    JsonNode webhook = made.path("webhooks").path(0);
    assertEquals("Fail", webhook.path("failurePolicy").asText());
    assertEquals("Equivalent", webhook.path("matchPolicy").asText());
    assertEquals("Never", webhook.path("reinvocationPolicy").asText());
    assertEquals(10, webhook.path("timeoutSeconds").asInt());
    assertEquals("{}", webhook.path("namespaceSelector").toString());
    assertEquals("*", webhook.path("rules").path(0).path("scope").asText());
    assertEquals(443, webhook.path("clientConfig").path("service").path("port").asInt());
    assertEquals(1, made.path("metadata").path("generation").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: a.example | name: Invalid value: \"a.example\": should be a domain with at least three segments separated by dots",
        "timeoutSeconds: 31 | timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
        "sideEffects: Some | sideEffects: Unsupported value: \"Some\": supported values: \"None\", \"NoneOnDryRun\"",
        "admissionReviewVersions: [v9] | admissionReviewVersions: Invalid value: [\"v9\"]: must include at least one of v1, v1beta1",
        "clientConfig: {} | clientConfig: Required value: exactly one of url or service is required",
        "clientConfig: {url: 'http://x.y/z'} | clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path]",
        "clientConfig: {url: 'https://x.y/z?q=1'} | clientConfig.url: Invalid value: \"q=1\": query parameters are not permitted in the URL",
        "clientConfig: {service: {name: s, namespace: n1, path: a}} | clientConfig.service.path: Invalid value: \"a\": must start with a '/'",
        "clientConfig: {service: {name: s, namespace: n1, path: /a//b}} | clientConfig.service.path: Invalid value: \"/a//b\": segment[1] may not be empty",
        "rules: [{operations: [CREATE, '*'], apiGroups: [a], apiVersions: [v1], resources: [x]}] | rules[0].operations: Invalid value: [\"CREATE\",\"*\"]: if '*' is present, must not specify other operations",
        "rules: [{operations: [LOOK], apiGroups: [a], apiVersions: [v1], resources: [x]}] | rules[0].operations[0]: Unsupported value: \"LOOK\": supported values: \"*\", \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\"",
        "matchConditions: [{name: '', expression: 'true'}] | matchConditions[0].name: Required value",
      })
  void checksWebhooks(String field, String fault) {
    String key = field.substring(0, field.indexOf(':'));
    StringBuilder webhook = new StringBuilder(field);
    for (String other : new String[] {"name: a.example.com", CLIENT}) {
      if (!other.startsWith(key + ":")) {
        webhook.append(", ").append(other);
      }
    }
    if (!key.equals("sideEffects")) {
      webhook.append(", sideEffects: None");
    }
    if (!key.equals("admissionReviewVersions")) {
      webhook.append(", admissionReviewVersions: [v1]");
    }
    assertEquals("webhooks[0]." + fault, kinds.refused(validating(webhook.toString())));
  }

  @Test
  void conditionsMustCompileToABoolean() {
    String condition =
        "name: a.example.com, "
            + CLIENT
            + ", "
            + REST
            + ", matchConditions: [{name: c, expression: \"%s\"}]";
    kinds.create(validating(condition.formatted("request.resource.group != 'apps'")));
    String fault = kinds.refused(validating(condition.formatted("request.resource ==")));
    assertTrue(
        fault.startsWith(
            "webhooks[0].matchConditions[0].expression: Invalid value: \"request.resource ==\":"
                + " compilation failed"),
        fault);
    assertTrue(
        kinds.refused(validating(condition.formatted("'text'"))).contains("must evaluate to bool"));
  }

  @Test
  void kubernetesOwnFunctionsAreNotHeldAgainstACondition() {
    kinds.create(
        validating(
            "name: a.example.com, "
                + CLIENT
                + ", "
                + REST
                + ", matchConditions: [{name: c, expression: \"!authorizer.group('').resource('x')"
                + ".check('create').allowed()\"}]"));
  }

  private static String policy(String spec) {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy,"
        + " metadata: {name: p}, spec: "
        + spec
        + "}";
  }

  @Test
  void policyGetsItsDefaults() {
    JsonNode spec =
        kinds
            .create(
                policy(
                    "{matchConstraints: {resourceRules: ["
                        + RULE
                        + "]}, validations: [{expression: 'object.spec.replicas <= 5'}]}"))
            .path("spec");
    assertEquals("Fail", spec.path("failurePolicy").asText());
    JsonNode match = spec.path("matchConstraints");
    assertEquals("Equivalent", match.path("matchPolicy").asText());
    assertEquals("{}", match.path("objectSelector").toString());
    assertEquals("*", match.path("resourceRules").path(0).path("scope").asText());
  }

  @Test
  void policyMustSayWhatItIsAboutAndWhatItChecks() {
    assertEquals(
        "spec.matchConstraints: Required value\n"
            + "spec.validations: Required value: validations or auditAnnotations must be specified\n"
            + "spec.auditAnnotations: Required value: validations or auditAnnotations must be"
            + " specified",
        kinds.refused(policy("{}")));
    assertEquals(
        "spec.validations[0].reason: Unsupported value: \"Odd\": supported values: \"Forbidden\","
            + " \"Invalid\", \"RequestEntityTooLarge\", \"Unauthorized\"",
        kinds.refused(
            policy(
                "{matchConstraints: {resourceRules: ["
                    + RULE
                    + "]}, validations: [{expression: 'true', reason: Odd}]}")));
  }

  @Test
  void bindingNamesAPolicyAndWhatFollows() {
    String binding =
        "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding,"
            + " metadata: {name: b}, spec: %s}";
    kinds.create(binding.formatted("{policyName: p, validationActions: [Deny, Audit]}"));
    assertEquals(
        "spec.validationActions: Invalid value: [\"Deny\",\"Warn\"]: must not contain both Deny and"
            + " Warn (repeating the same validation failure information in the API response and"
            + " headers serves no purpose)",
        kinds.refused(binding.formatted("{policyName: p, validationActions: [Deny, Warn]}")));
    assertEquals(
        "spec.policyName: Required value\n"
            + "spec.validationActions: Required value: at least one validation action is required",
        kinds.refused(binding.formatted("{validationActions: []}")));
  }

  @Test
  void mutatingPolicyNamesItsMutations() {
    String policy =
        "{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata:"
            + " {name: m}, spec: {matchConstraints: {resourceRules: ["
            + RULE
            + "]}, reinvocationPolicy: Never, mutations: %s}}";
    kinds.create(
        policy.formatted(
            "[{patchType: ApplyConfiguration, applyConfiguration: {expression: 'Object{}'}}]"));
    assertEquals(
        "spec.mutations: Required value: mutations must contain at least one item",
        kinds.refused(policy.formatted("[]")));
    assertEquals(
        "spec.mutations[0].patchType: Unsupported value: \"Odd\": supported values:"
            + " \"ApplyConfiguration\", \"JSONPatch\"",
        kinds.refused(policy.formatted("[{patchType: Odd}]")));
  }
}
