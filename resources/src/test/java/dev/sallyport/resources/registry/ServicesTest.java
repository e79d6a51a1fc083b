package dev.sallyport.resources.registry;

import static dev.sallyport.resources.registry.RegistryFixture.await;
import static dev.sallyport.resources.registry.RegistryFixture.json;
import static dev.sallyport.resources.registry.RegistryFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.resources.patch.PatchType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services through the whole registry: what they are given and give back. */
class ServicesTest {

  private static final ServiceNetworkConfig SMALL =
      new ServiceNetworkConfig(List.of("10.1.0.0/28", "fd00:1::/120"), 30_000, 30_003);

  private final RegistryFixture fixture = new RegistryFixture(Admission.EVERYTHING, SMALL);

  @BeforeEach
  void makeNamespace() {
    fixture.create("-/namespaces", "{'metadata':{'name':'default'}}");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ObjectNode create(String name, String spec, String... query) {
    return fixture.create("default/services", service(name, spec), query);
  }

  private static String service(String name, String spec) {
    return "{'metadata':{'name':'%s'},'spec':%s}".formatted(name, spec);
  }

  private static final String WEB = "{'ports':[{'port':80}]}";

  @Test
  void fillsInWhatAManifestLeavesOut() {
    ObjectNode service = create("web", "{'selector':{'app':'web'},'ports':[{'port':80}]}");

    JsonNode spec = service.path("spec");
    String address = spec.path("clusterIP").asText();
    assertTrue(address.startsWith("10.1.0."), address);
    ((ObjectNode) spec).remove(List.of("clusterIP", "clusterIPs"));
    assertEquals(
        "{\"ports\":[{\"protocol\":\"TCP\",\"port\":80,\"targetPort\":80}],\"selector\":{\"app\":\"web\"},"
            + "\"type\":\"ClusterIP\",\"sessionAffinity\":\"None\",\"ipFamilyPolicy\":\"SingleStack\","
            + "\"ipFamilies\":[\"IPv4\"],\"internalTrafficPolicy\":\"Cluster\"}",
        spec.toString());
    assertEquals("{\"loadBalancer\":{}}", service.path("status").toString());
  }

  @Test
  void givesNoAddressTwiceAndAllOfThem() throws Exception {
    // A /28 has 14 addresses; the first waits for the Service kubernetes.
    Set<String> given = new HashSet<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> creations = new ArrayList<>();
      for (int i = 0; i < 13; i++) {
        String name = "s" + i;
        creations.add(() -> create(name, WEB).at("/spec/clusterIP").asText());
      }
      for (Future<String> address : threads.invokeAll(creations)) {
        assertTrue(given.add(address.get()), given.toString());
      }
    } finally {
      threads.shutdownNow();
    }
    assertFalse(given.contains("10.1.0.1"));

    Status status = refusal(() -> create("more", WEB));
    assertEquals(500, status.code());
    assertEquals(
        "Internal error occurred: failed to allocate a serviceIP: range is full", status.message());

    fixture.delete("default/services/s3", "");
    assertTrue(given.contains(create("more", WEB).at("/spec/clusterIP").asText()));
  }

  @Test
  void aNamedAddressIsHadOnceAndOnlyInItsRange() {
    create("a", "{'clusterIP':'10.1.0.5','ports':[{'port':80}]}");

    assertEquals(
        "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.1.0.5\"]: failed to"
            + " allocate IP 10.1.0.5: provided IP is already allocated",
        refusal(() -> create("b", "{'clusterIP':'10.1.0.5','ports':[{'port':80}]}")).message());
    assertEquals(
        "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.9.0.5\"]: failed to"
            + " allocate IP 10.9.0.5: the provided IP (10.9.0.5) is not in the valid range. The"
            + " range of valid IPs is 10.1.0.0/28",
        refusal(() -> create("b", "{'clusterIP':'10.9.0.5','ports':[{'port':80}]}")).message());
    fixture.delete("default/services/a", "");
    assertEquals(
        "10.1.0.5",
        create("b", "{'clusterIP':'10.1.0.5','ports':[{'port':80}]}")
            .at("/spec/clusterIP")
            .asText());
  }

  @Test
  void whatIsRefusedOrTriedTakesNothing() {
    for (int i = 0; i < 40; i++) {
      int code =
          refusal(() -> create("bad", "{'type':'NodePort','ports':[{'port':0,'targetPort':1}]}"))
              .code();
      assertEquals(422, code);
      create("tried", "{'type':'NodePort','ports':[{'port':1}]}", "dryRun=All");
    }
    for (int i = 0; i < 4; i++) {
      create("n" + i, "{'type':'NodePort','ports':[{'port':1}]}");
    }
    assertEquals(
        "Internal error occurred: failed to allocate a nodePort: range is full",
        refusal(() -> create("n4", "{'type':'NodePort','ports':[{'port':1}]}")).message());
  }

  @Test
  void nodePortsAreNamedOrGivenAndNeverTwice() {
    ObjectNode dns =
        create(
            "dns",
            "{'type':'NodePort','ports':[{'name':'t','port':53,'nodePort':30001},"
                + "{'name':'u','port':53,'protocol':'UDP'}]}");
    assertEquals(30_001, dns.at("/spec/ports/1/nodePort").asInt());
    assertEquals("Cluster", dns.at("/spec/externalTrafficPolicy").asText());

    assertEquals(
        "Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 30001: provided port is"
            + " already allocated",
        refusal(() -> create("b", "{'type':'NodePort','ports':[{'port':1,'nodePort':30001}]}"))
            .message());
    assertEquals(
        "Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not"
            + " in the valid range. The range of valid ports is 30000-30003",
        refusal(() -> create("b", "{'type':'NodePort','ports':[{'port':1,'nodePort':80}]}"))
            .message());
  }

  @Test
  void anUpdateKeepsWhatItDoesNotNameAndATypeGivesBack() {
    ObjectNode first = create("web", "{'type':'NodePort','ports':[{'port':80}]}");
    int nodePort = first.at("/spec/ports/0/nodePort").asInt();
    String address = first.at("/spec/clusterIP").asText();

    ObjectNode second =
        fixture.update(
            "default/services/web",
            service("web", "{'type':'NodePort','ports':[{'port':80,'targetPort':8080}]}"));
    assertEquals(nodePort, second.at("/spec/ports/0/nodePort").asInt());
    assertEquals(address, second.at("/spec/clusterIP").asText());

    ObjectNode third =
        fixture.patch(PatchType.MERGE, "default/services/web", "{'spec':{'type':'ClusterIP'}}");
    assertFalse(third.at("/spec/ports/0").has("nodePort"));
    assertFalse(third.path("spec").has("externalTrafficPolicy"));
    assertEquals(address, third.at("/spec/clusterIP").asText());

    ObjectNode other =
        create("b", "{'type':'NodePort','ports':[{'port':1,'nodePort':%d}]}".formatted(nodePort));
    assertEquals(nodePort, other.at("/spec/ports/0/nodePort").asInt());

    ObjectNode named =
        fixture.patch(
            PatchType.MERGE,
            "default/services/web",
            "{'spec':{'type':'ExternalName','externalName':'example.com'}}");
    assertFalse(named.path("spec").has("clusterIP"));
    assertFalse(named.path("spec").has("ipFamilies"));
    assertEquals(
        address,
        create("c", "{'clusterIP':'%s','ports':[{'port':1}]}".formatted(address))
            .at("/spec/clusterIP")
            .asText());
  }

  @Test
  void theAddressStaysOnceItIsGiven() {
    String address = create("web", WEB).at("/spec/clusterIP").asText();
    String other = address.equals("10.1.0.9") ? "10.1.0.8" : "10.1.0.9";

    Status status =
        refusal(
            () ->
                fixture.patch(
                    PatchType.MERGE,
                    "default/services/web",
                    "{'spec':{'clusterIP':'%s'}}".formatted(other)));

    assertEquals(
        "Service \"web\" is invalid: spec.clusterIPs[0]: Invalid value: [\"%s\"]: may not change"
                .formatted(other)
            + " once set",
        status.message());
    assertEquals(
        other,
        create("b", "{'clusterIP':'%s','ports':[{'port':1}]}".formatted(other))
            .at("/spec/clusterIP")
            .asText());
  }

  @Test
  void headlessServicesHaveNoneAndBothFamiliesIfAnybody() {
    JsonNode picked = create("a", "{'clusterIP':'None','selector':{'a':'b'}}").path("spec");
    assertEquals("[\"None\"]", picked.path("clusterIPs").toString());
    assertEquals("[\"IPv4\"]", picked.path("ipFamilies").toString());

    JsonNode open = create("b", "{'clusterIP':'None'}").path("spec");
    assertEquals("[\"IPv4\",\"IPv6\"]", open.path("ipFamilies").toString());
    assertEquals("RequireDualStack", open.path("ipFamilyPolicy").asText());
  }

  @Test
  void twoFamiliesGetTwoAddresses() {
    JsonNode spec =
        create("a", "{'ipFamilyPolicy':'PreferDualStack','ports':[{'port':80}]}").path("spec");

    assertEquals("[\"IPv4\",\"IPv6\"]", spec.path("ipFamilies").toString());
    assertTrue(spec.at("/clusterIPs/1").asText().startsWith("fd00:1::"), spec.toString());
    assertNotEquals("", spec.at("/clusterIPs/0").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|spec.ports: Required value",
        "{'ports':[{'port':80},{'port':81}]}|spec.ports[0].name: Required value",
        "{'ports':[{'port':80,'name':'a'},{'port':80,'name':'b'}]}|spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}",
        "{'type':'Odd','ports':[{'port':80}]}|spec.type: Unsupported value: \"Odd\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        "{'type':'ExternalName'}|spec.externalName: Required value",
        "{'ports':[{'port':80,'nodePort':30000}]}|spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        "{'externalTrafficPolicy':'Local','ports':[{'port':80}]}|spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services",
        "{'clusterIP':'None','type':'NodePort','ports':[{'port':80}]}|spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services",
        "{'clusterIP':'here','ports':[{'port':80}]}|spec.clusterIPs[0]: Invalid value: \"here\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "{'externalIPs':['127.0.0.1'],'ports':[{'port':80}]}|spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
        "{'ports':[{'port':80,'targetPort':'no--name'}]}|spec.ports[0].targetPort: Invalid value: \"no--name\": must not contain consecutive hyphens",
        "{'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':86401}},'ports':[{'port':80}]}|spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400",
      })
  void refusesWhatNoServiceCanBe(String spec, String fault) {
    Status status = refusal(() -> create("web", spec));

    assertEquals(422, status.code(), status.message());
    assertTrue(status.message().contains(fault), status.message());
  }

  @Test
  void aServiceMadeByAnUpdateIsGivenAnAddressToo() {
    WriteResult result =
        await(
            fixture.registry.update(
                fixture.call("default/services/web"), json(service("web", WEB))));

    assertEquals(201, result.code());
    assertTrue(fixture.tree(result.object()).at("/spec/clusterIP").asText().startsWith("10.1.0."));
  }
}
