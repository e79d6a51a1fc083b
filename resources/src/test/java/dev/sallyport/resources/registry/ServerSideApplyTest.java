package dev.sallyport.resources.registry;

import static dev.sallyport.resources.registry.RegistryFixture.await;
import static dev.sallyport.resources.registry.RegistryFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.resources.patch.PatchType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {

  private final RegistryFixture api = new RegistryFixture();

  @BeforeEach
  void makeNamespace() {
    api.create("-/namespaces", "{'metadata':{'name':'o'}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private ObjectNode apply(String data, String... query) {
    return api.patch(PatchType.APPLY, "o/configmaps/ssa", config(data), query);
  }

  private static String config(String data) {
    return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'ssa'},'data':" + data + "}";
  }

  private static String fields(ObjectNode object, String manager) {
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      if (entry.path("manager").asText().equals(manager)) {
        return entry.path("operation").asText() + " " + entry.path("fieldsV1");
      }
    }
    return "";
  }

  @Test
  void createsAndOwnsWhatItNames() {
    byte[] document =
        config("{'a':'1','b':'1'}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    WriteResult result =
        await(
            api.registry.patch(
                api.call("o/configmaps/ssa", "fieldManager=me"), PatchType.APPLY, document));
    assertEquals(201, result.code());
    ObjectNode made = api.tree(result.object());
    assertEquals("{\"a\":\"1\",\"b\":\"1\"}", made.path("data").toString());
    assertEquals("Apply {\"f:data\":{\"f:a\":{},\"f:b\":{}}}", fields(made, "me"));
  }

  @Test
  void conflictNamesOwnerAndField() {
    apply("{'a':'1','b':'1'}", "fieldManager=me");
    Status status = refusal(() -> apply("{'a':'2'}", "fieldManager=you"));
    assertEquals(409, status.code());
    assertEquals("Apply failed with 1 conflict: conflict with \"me\": .data.a", status.message());
    Status two = refusal(() -> apply("{'a':'2','b':'2'}", "fieldManager=you"));
    assertEquals(
        "Apply failed with 2 conflicts: conflicts with \"me\":\n- .data.a\n- .data.b",
        two.message());
  }

  @Test
  void forceTakesAndAbandonedFieldsGo() {
    apply("{'a':'1','b':'1'}", "fieldManager=me");
    ObjectNode taken = apply("{'a':'2'}", "fieldManager=you", "force=true");
    assertEquals("{\"a\":\"2\",\"b\":\"1\"}", taken.path("data").toString());
    assertEquals("Apply {\"f:data\":{\"f:b\":{}}}", fields(taken, "me"));
    ObjectNode dropped = apply("{}", "fieldManager=me");
    assertEquals("{\"a\":\"2\"}", dropped.path("data").toString());
  }

  @Test
  void sameValueIsSharedWithoutConflict() {
    apply("{'a':'1'}", "fieldManager=me");
    ObjectNode shared = apply("{'a':'1'}", "fieldManager=you");
    assertEquals(fields(shared, "me"), fields(shared, "you"));
    ObjectNode kept = apply("{}", "fieldManager=me");
    assertEquals("1", kept.at("/data/a").asText());
  }

  @Test
  void needsAManagerAndItsVersion() {
    Status status = refusal(() -> apply("{}"));
    assertEquals(
        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
            + " apply patch",
        status.message());
    assertEquals(
        400,
        refusal(
                () ->
                    api.patch(
                        PatchType.APPLY,
                        "o/configmaps/ssa",
                        "{'kind':'ConfigMap','metadata':{'name':'ssa'}}",
                        "fieldManager=me"))
            .code());
  }

  @Test
  void updatesAreOwnedByTheirWriter() {
    ObjectNode made =
        api.create(
            "o/configmaps",
            "{'metadata':{'name':'c1','labels':{'app':'x'}},'data':{'a':'1'}}",
            "fieldManager=maker");
    assertEquals(
        "Update {\"f:data\":{\".\":{},\"f:a\":{}},\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}}}",
        fields(made, "maker"));
    ObjectNode changed =
        api.patch(
            PatchType.MERGE, "o/configmaps/c1", "{'data':{'a':'2','b':'1'}}", "fieldManager=other");
    assertEquals("Update {\"f:data\":{\"f:a\":{},\"f:b\":{}}}", fields(changed, "other"));
    assertEquals(
        "Update {\"f:data\":{},\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}}}",
        fields(changed, "maker"));
  }

  @Test
  void listElementsAreOwnedByTheirKeys() {
    ResourceCall call =
        RegistryFixture.call(
            api.resource("apps", "v1", "deployments"), "o/deployments/d", "fieldManager=me");
    String document =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d}
        spec:
          selector: {matchLabels: {a: b}}
          template:
            metadata: {labels: {a: b}}
            spec:
              containers:
              - {name: one, image: i}
              - {name: two, image: j}
        """;
    ObjectNode made = apply(call, document);
    String owned = fields(made, "me");
    assertEquals(
        "Apply {\"f:spec\":{\"f:selector\":{},\"f:template\":{\"f:metadata\":{\"f:labels\":"
            + "{\"f:a\":{}}},\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"one\\\"}\":{\".\":{},"
            + "\"f:image\":{},\"f:name\":{}},\"k:{\\\"name\\\":\\\"two\\\"}\":{\".\":{},\"f:image\":{},"
            + "\"f:name\":{}}}}}}}",
        owned);
    ObjectNode fewer = apply(call, document.replace("      - {name: two, image: j}\n", ""));
    assertEquals(1, fewer.at("/spec/template/spec/containers").size());
    assertEquals("one", fewer.at("/spec/template/spec/containers/0/name").asText());
  }

  private ObjectNode apply(ResourceCall call, String document) {
    return api.tree(
        await(api.registry.patch(call, PatchType.APPLY, document.getBytes(StandardCharsets.UTF_8)))
            .object());
  }

  @Test
  void applyingTheSameAgainWritesNothing() {
    ObjectNode first = apply("{'a':'1'}", "fieldManager=me");
    assertEquals(first, apply("{'a':'1'}", "fieldManager=me"));
  }

  @Test
  void ownersCanBeCorrectedByHand() {
    apply("{'a':'1'}", "fieldManager=me");
    ObjectNode cleared =
        api.patch(
            PatchType.JSON,
            "o/configmaps/ssa",
            "[{'op':'replace','path':'/metadata/managedFields','value':[{}]}]");
    assertFalse(cleared.path("metadata").has("managedFields"));
  }
}
