package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds that are defined with kubectl, used with it, and gone again; over a restart too. */
@Needs("kubectl")
final class CustomResourcesIT {

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: PLURAL.shop.example}
      spec:
        group: shop.example
        scope: Namespaced
        names: {plural: PLURAL, kind: KIND, categories: [shop]}
        versions:
        - name: v1
          served: true
          storage: true
          subresources:
            status: {}
            scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
          selectableFields: [{jsonPath: .spec.flavour}]
          additionalPrinterColumns:
          - {name: Flavour, type: string, jsonPath: .spec.flavour}
          - {name: Replicas, type: integer, jsonPath: .spec.replicas}
          - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
          - {name: Since, type: date, jsonPath: .metadata.creationTimestamp, priority: 1}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [flavour]
                  properties:
                    flavour: {type: string, description: what it tastes of}
                    replicas: {type: integer, default: 1, maximum: 9}
                status:
                  type: object
                  properties:
                    replicas: {type: integer}
                    conditions:
                      type: array
                      items:
                        type: object
                        properties: {type: {type: string}, status: {type: string}}
      """;

  @TempDir static Path folder;
  private static SallyportProcess server;

  @BeforeAll
  static void start() {
    server = SallyportProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String kubectl(String arguments) {
    return server.kubectl(arguments).expectSuccess().out();
  }

  private static void define(String plural, String kind) throws IOException {
    apply(DEFINITION.replace("PLURAL", plural).replace("KIND", kind));
    kubectl("wait --for condition=Established --timeout 60s crd/" + plural + ".shop.example");
  }

  private static String apply(String manifest) throws IOException {
    Path file = Files.createTempFile(folder, "manifest", ".yaml");
    Files.writeString(file, manifest);
    return kubectl("apply -f " + file.getFileName());
  }

  private static String object(String kind, String name, String spec) {
    return "apiVersion: shop.example/v1\nkind: %s\nmetadata: {name: %s}\nspec: {%s}\n"
        .formatted(kind, name, spec);
  }

  @Test
  void aDayInTheLifeOfADefinition() throws Exception {
    define("cakes", "Cake");
    String explained = kubectl("explain cake.spec.flavour");
    assertTrue(explained.contains("what it tastes of"), explained);
    String listed = kubectl("api-resources --api-group shop.example");
    assertTrue(listed.contains("cakes"), listed);

    assertEquals(
        "cake.shop.example/plain created\n", apply(object("Cake", "plain", "flavour: nut")));
    assertEquals(
        "cake.shop.example/plain unchanged\n", apply(object("Cake", "plain", "flavour: nut")));
    assertTrue(kubectl("scale cake plain --replicas=4").contains("scaled"));
    kubectl(
        "patch cake plain --subresource status --type merge"
            + " -p '{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}'");
    String table = kubectl("get cakes");
    assertEquals("NAME FLAVOUR REPLICAS READY\nplain nut 4 True\n", table.replaceAll(" +", " "));
    assertTrue(kubectl("get cakes -o wide").contains("SINCE"));
    assertEquals(
        "cake.shop.example/plain\n",
        kubectl("get cakes --field-selector spec.flavour=nut -o name"));
    assertEquals("", kubectl("get cakes --field-selector spec.flavour=rum -o name"));
    assertTrue(kubectl("get shop -o name").contains("cake.shop.example/plain\n"));
    assertTrue(kubectl("describe cake plain").contains("Flavour:   nut"));

    Tool.Result tooMany = server.kubectl("scale cake plain --replicas=10");
    assertEquals(1, tooMany.exit());
    assertTrue(tooMany.err().contains("should be less than or equal to 9"), tooMany.err());

    kubectl("delete crd cakes.shop.example --timeout 60s");
    assertEquals(1, server.kubectl("get cakes").exit());
    define("cakes", "Cake");
    assertEquals("", kubectl("get cakes -o name"));
  }

  @Test
  void versionsAreAddedAndConvertedByName() throws Exception {
    define("pies", "Pie");
    apply(object("Pie", "old", "flavour: nut"));
    kubectl(
        "patch crd pies.shop.example --type json -p '["
            + "{\"op\":\"copy\",\"from\":\"/spec/versions/0\",\"path\":\"/spec/versions/1\"},"
            + "{\"op\":\"replace\",\"path\":\"/spec/versions/1/name\",\"value\":\"v2\"},"
            + "{\"op\":\"replace\",\"path\":\"/spec/versions/0/storage\",\"value\":false}]'");
    Eventually.holds(
        "version v2 is served", () -> server.kubectl("get pies.v2.shop.example old").exit() == 0);
    assertEquals(
        "shop.example/v2", kubectl("get pies.v2.shop.example old -o jsonpath={.apiVersion}"));
    assertEquals(
        "shop.example/v1", kubectl("get pies.v1.shop.example old -o jsonpath={.apiVersion}"));
    assertEquals(
        "[\"v1\",\"v2\"]",
        kubectl("get crd pies.shop.example -o jsonpath={.status.storedVersions}"));
  }

  @Test
  void objectsAndTheirKindSurviveARestart() throws Exception {
    define("tarts", "Tart");
    apply(object("Tart", "kept", "flavour: plum"));
    server.kill();
    server.restart();
    assertEquals("plum", kubectl("get tart kept -o jsonpath={.spec.flavour}"));
    assertEquals(
        "tart.shop.example/kept\n",
        kubectl("get tarts --field-selector spec.flavour=plum -o name"));
  }
}
