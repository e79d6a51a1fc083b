package dev.sallyport.resources.kinds.networking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkingKindsTest {

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String ingress(String spec) {
    return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: " + spec;
  }

  private static String rule(String path) {
    return ingress("{rules: [{http: {paths: [" + path + "]}}]}");
  }

  private static String policy(String spec) {
    return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: "
        + spec;
  }

  @Test
  void ingressWithHostsPathsAndCertificatesIsTaken() {
    ObjectNode made =
        kinds.create(
            ingress(
                "{ingressClassName: nginx, tls: [{hosts: ['*.example.com'], secretName: cert}],"
                    + " rules: [{host: '*.example.com', http: {paths: [{path: /a, pathType: Prefix,"
                    + " backend: {service: {name: web, port: {number: 80}}}}]}}]}"));
    assertEquals(1, made.path("metadata").path("generation").asInt());
    assertEquals("{\"loadBalancer\":{}}", made.path("status").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | spec: Invalid value: null: either `defaultBackend` or `rules` must be specified",
        "{defaultBackend: {}} | spec.defaultBackend: Invalid value: \"\": resource or service backend is required",
        "{defaultBackend: {service: {name: web}}} | spec.defaultBackend: Required value: port name or number is required",
        "{defaultBackend: {service: {name: web, port: {number: 80, name: http}}}} | spec.defaultBackend: Invalid value: \"\": cannot set both port name & port number",
        "{rules: [{host: 10.0.0.1}]} | spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address",
      })
  void checksIngresses(String spec, String fault) {
    assertEquals(fault, kinds.refused(ingress(spec)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "path: / | pathType: Required value: pathType must be specified",
        "path: a, pathType: Exact | path: Invalid value: \"a\": must be an absolute path",
        "path: /a//b, pathType: Prefix | path: Invalid value: \"/a//b\": must not contain '//'",
        "path: /a/.., pathType: Exact | path: Invalid value: \"/a/..\": cannot end with '/..'",
        "path: /, pathType: Regex | pathType: Unsupported value: \"Regex\": supported values: \"Exact\", \"ImplementationSpecific\", \"Prefix\"",
      })
  void checksPaths(String path, String fault) {
    assertEquals(
        "spec.rules[0].http.paths[0]." + fault,
        kinds.refused(rule("{" + path + ", backend: {service: {name: web, port: {number: 80}}}}")));
  }

  @Test
  void classInAnnotationAndSpecMustAgree() {
    assertEquals(
        "annotations.kubernetes.io/ingress.class: Invalid value: \"a\": must match"
            + " `ingressClassName` when both are specified",
        kinds.refused(
            "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: w, annotations:"
                + " {kubernetes.io/ingress.class: a}}, spec: {ingressClassName: b, defaultBackend:"
                + " {service: {name: w, port: {number: 1}}}}}"));
  }

  @Test
  void ingressClassKeepsItsController() {
    kinds.create(
        "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, spec:"
            + " {controller: k8s.io/ingress-nginx}}");
    assertEquals(
        "spec.controller: Invalid value: \"example.com/x\": field is immutable",
        kinds.refusedPatch(
            "networking.k8s.io/v1/ingressclasses/nginx",
            "{'spec':{'controller':'example.com/x'}}"));
    assertEquals(
        "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
        kinds.refused(
            "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: m}, spec:"
                + " {controller: a.b/c, parameters: {kind: X, name: x, scope: Namespace}}}"));
  }

  @Test
  void policyTypesFollowFromTheRules() {
    JsonNode closed = kinds.create(policy("{podSelector: {}}")).path("spec");
    assertEquals("[\"Ingress\"]", closed.path("policyTypes").toString());
    JsonNode both =
        kinds
            .create(
                policy("{podSelector: {}, egress: [{ports: [{port: 53}]}]}").replace("p}", "q}"))
            .path("spec");
    assertEquals("[\"Ingress\",\"Egress\"]", both.path("policyTypes").toString());
    assertEquals(
        "TCP", both.path("egress").path(0).path("ports").path(0).path("protocol").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ingress: [{ports: [{port: 70000}]}] | spec.ingress[0].ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive",
        "ingress: [{ports: [{port: 90, endPort: 80}]}] | spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`",
        "ingress: [{ports: [{protocol: ICMP}]}] | spec.ingress[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"TCP\", \"UDP\", \"SCTP\"",
        "ingress: [{from: [{}]}] | spec.ingress[0].from[0]: Required value: must specify a peer",
        "ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}] | spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer",
        "egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}] | spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"10.0.0.0/8\": must be a strict subset of `cidr`",
        "policyTypes: [Sideways] | spec.policyTypes[0]: Unsupported value: \"Sideways\": supported values: \"Egress\", \"Ingress\"",
      })
  void checksPolicies(String rules, String fault) {
    assertEquals(fault, kinds.refused(policy("{podSelector: {}, " + rules + "}")));
  }

  @Test
  void addressesAreNamedByThemselves() {
    String address =
        "{apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: {name: %s}, spec:"
            + " {parentRef: {resource: services, name: web, namespace: shop}}}";
    kinds.create(address.formatted("10.0.0.1"));
    assertTrue(kinds.refused(address.formatted("web")).startsWith("metadata.name: Invalid value"));
    assertTrue(
        kinds
            .refusedPatch(
                "networking.k8s.io/v1/ipaddresses/10.0.0.1", "{'spec':{'parentRef':{'name':'x'}}}")
            .endsWith("field is immutable"));
  }

  @Test
  void rangesOfServicesOnlyGrow() {
    String range =
        "{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: r}, spec: {cidrs:"
            + " %s}}";
    assertEquals(
        "spec.cidrs: Required value: at least one CIDR required",
        kinds.refused(range.formatted("[]")));
    kinds.create(range.formatted("[10.0.0.0/16]"));
    String path = "networking.k8s.io/v1/servicecidrs/r";
    kinds.patch(path, "{'spec':{'cidrs':['10.0.0.0/16','fd00::/112']}}");
    assertEquals(
        "spec.cidrs[0]: Invalid value: \"10.1.0.0/16\": field is immutable",
        kinds.refusedPatch(path, "{'spec':{'cidrs':['10.1.0.0/16','fd00::/112']}}"));
  }

  @Test
  void budgetNamesOneBound() {
    String budget =
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: %s}";
    kinds.create(budget.formatted("{minAvailable: 50%, selector: {matchLabels: {a: b}}}"));
    assertEquals(
        "spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and"
            + " maxUnavailable cannot be both set",
        kinds.refused(budget.formatted("{minAvailable: 1, maxUnavailable: 1}")));
    assertEquals(
        "spec.maxUnavailable: Invalid value: \"200%\": must not be greater than 100%",
        kinds.refused(budget.formatted("{maxUnavailable: 200%}")));
  }

  @Test
  void slicesHoldAddressesOfTheirType() {
    String slice =
        "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, addressType:"
            + " %s, endpoints: [{addresses: ['%s']}], ports: [{port: 80}]}";
    ObjectNode made = kinds.create(slice.formatted("IPv4", "10.0.0.1"));
    assertEquals(
        "[{\"name\":\"\",\"protocol\":\"TCP\",\"port\":80}]", made.path("ports").toString());
    assertEquals(
        "endpoints[0].addresses[0]: Invalid value: \"fd00::1\": must be a valid IPv4 address",
        kinds.refused(slice.formatted("IPv4", "fd00::1")));
    assertEquals(
        "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range"
            + " (127.0.0.0/8, ::1/128)",
        kinds.refused(slice.formatted("IPv4", "127.0.0.1")));
    assertEquals(
        "addressType: Unsupported value: \"IPX\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"",
        kinds.refused(slice.formatted("IPX", "10.0.0.1")));
  }
}
