package dev.sallyport.resources.registry;

import static dev.sallyport.resources.registry.RegistryFixture.await;
import static dev.sallyport.resources.registry.RegistryFixture.json;
import static dev.sallyport.resources.registry.RegistryFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceRegistryTest {

  private final RegistryFixture api = new RegistryFixture();

  @BeforeEach
  void makeNamespace() {
    api.create("-/namespaces", "{'metadata':{'name':'o'}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private ObjectNode configMap(String name, String rest) {
    return api.create(
        "o/configmaps", "{'metadata':{'name':'" + name + "'" + rest + "},'data':{'a':'1'}}");
  }

  @Test
  void createsObjectWithItsSystemFields() {
    ObjectNode made = configMap("c1", ",'uid':'mine','labels':{'app':'x'}");
    assertEquals("o", made.at("/metadata/namespace").asText());
    assertEquals("2026-11-22T08:00:00Z", made.at("/metadata/creationTimestamp").asText());
    assertNotEquals("mine", made.at("/metadata/uid").asText());
    assertEquals(36, made.at("/metadata/uid").asText().length());
    assertTrue(made.at("/metadata/resourceVersion").asLong() > 0);
    assertEquals(made, api.get("o/configmaps/c1"));
  }

  @Test
  void refusesSecondObjectOfAName() {
    configMap("c1", "");
    Status status = refusal(() -> configMap("c1", ""));
    assertEquals(409, status.code());
    assertEquals("configmaps \"c1\" already exists", status.message());
  }

  @Test
  void refusesUnknownNamespace() {
    Status status = refusal(() -> api.create("nowhere/configmaps", "{'metadata':{'name':'x'}}"));
    assertEquals("namespaces \"nowhere\" not found", status.message());
  }

  @Test
  void refusesBodyOfAnotherNamespace() {
    Status status =
        refusal(() -> api.create("o/configmaps", "{'metadata':{'name':'x','namespace':'other'}}"));
    assertEquals(400, status.code());
    assertEquals(
        "the namespace of the provided object does not match the namespace sent on the request",
        status.message());
  }

  @Test
  void refusesResourceVersionOnCreate() {
    Status status = refusal(() -> configMap("c3", ",'resourceVersion':'5'"));
    assertEquals(500, status.code());
    assertEquals("resourceVersion should not be set on objects to be created", status.message());
    assertEquals("", status.reason());
  }

  @Test
  void generatesName() {
    ObjectNode made = api.create("o/configmaps", "{'metadata':{'generateName':'gen-'}}");
    assertTrue(
        made.at("/metadata/name").asText().matches("gen-[bcdfghjklmnpqrstvwxz2456789]{5}"),
        made.toString());
  }

  @Test
  void namesEveryFaultOfMetadata() {
    Status status =
        refusal(
            () -> api.create("o/configmaps", "{'metadata':{'name':'c','annotations':{'':'x'}}}"));
    assertEquals(422, status.code());
    assertEquals(
        "ConfigMap \"c\" is invalid: [metadata.annotations: Invalid value: \"\": name part must be"
            + " non-empty, metadata.annotations: Invalid value: \"\": name part must consist of"
            + " alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
        status.message());
  }

  @Test
  void dryRunLeavesNothing() {
    ObjectNode made = api.create("o/configmaps", "{'metadata':{'name':'dry'}}", "dryRun=All");
    assertFalse(made.path("metadata").has("resourceVersion"));
    assertEquals(404, refusal(() -> api.get("o/configmaps/dry")).code());
  }

  @Test
  void refusesUnknownDryRun() {
    Status status =
        refusal(() -> api.create("o/configmaps", "{'metadata':{'name':'d'}}", "dryRun=Some"));
    assertEquals(
        "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]:"
            + " supported values: \"All\"",
        status.message());
  }

  @Test
  void updatesWithTheVersionItRead() {
    String version = configMap("c1", "").at("/metadata/resourceVersion").asText();
    String body = "{'metadata':{'name':'c1','resourceVersion':'" + version + "'},'data':{'a':'2'}}";
    ObjectNode second = api.update("o/configmaps/c1", body);
    assertEquals("2", second.at("/data/a").asText());
    Status status = refusal(() -> api.update("o/configmaps/c1", body.replace("'2'", "'3'")));
    assertEquals(
        "Operation cannot be fulfilled on configmaps \"c1\": the object has been modified; please"
            + " apply your changes to the latest version and try again",
        status.message());
  }

  @Test
  void updateWithoutVersionReplacesWhateverIsThere() {
    ObjectNode first = configMap("c1", ",'labels':{'app':'x'}");
    ObjectNode second =
        api.update("o/configmaps/c1", "{'metadata':{'name':'c1'},'data':{'a':'4'}}");
    assertFalse(second.path("metadata").has("labels"));
    assertEquals(first.at("/metadata/uid"), second.at("/metadata/uid"));
  }

  @Test
  void unchangedUpdateWritesNothing() {
    ObjectNode first = configMap("c1", "");
    ObjectNode again = api.update("o/configmaps/c1", "{'metadata':{'name':'c1'},'data':{'a':'1'}}");
    assertEquals(first, again);
  }

  @Test
  void refusesUpdateOfAnotherName() {
    configMap("c1", "");
    Status status =
        refusal(() -> api.update("o/configmaps/c1", "{'metadata':{'name':'c2'},'data':{}}"));
    assertEquals(
        "the name of the object (c2) does not match the name on the URL (c1)", status.message());
  }

  @Test
  void refusesUpdateOfAnotherUid() {
    configMap("c1", "");
    String body = "{'metadata':{'name':'c1','uid':'00000000-0000-0000-0000-000000000000'}}";
    assertEquals(409, refusal(() -> api.update("o/configmaps/c1", body)).code());
  }

  @Test
  void updateOfMissingConfigMapIsNotFoundButOfMissingLeaseCreates() {
    assertEquals(
        404, refusal(() -> api.update("o/configmaps/none", "{'metadata':{'name':'none'}}")).code());
    ResourceCall lease =
        RegistryFixture.call(api.resource("coordination.k8s.io", "v1", "leases"), "o/leases/l");
    WriteResult made = await(api.registry.update(lease, json("{'metadata':{'name':'l'}}")));
    assertEquals(201, made.code());
  }

  @Test
  void leaseMustNameItsVersion() {
    ResourceCall call =
        RegistryFixture.call(api.resource("coordination.k8s.io", "v1", "leases"), "o/leases/l");
    await(api.registry.update(call, json("{'metadata':{'name':'l'}}")));
    Status status =
        refusal(
            () -> await(api.registry.update(call, json("{'metadata':{'name':'l'},'spec':{}}"))));
    assertEquals(422, status.code());
    assertEquals("metadata.resourceVersion", causes(status).get(0));
  }

  private static List<String> causes(Status status) {
    List<String> fields = new ArrayList<>();
    if (status.details() != null) {
      status.details().causes().forEach(cause -> fields.add(cause.field()));
    }
    return fields;
  }

  @Test
  void patchesByMergeJsonAndStrategy() {
    configMap("c1", "");
    ObjectNode merged =
        api.patch(PatchType.MERGE, "o/configmaps/c1", "{'data':{'a':null,'m':'1'}}");
    assertEquals("{\"m\":\"1\"}", merged.path("data").toString());
    ObjectNode json =
        api.patch(
            PatchType.JSON,
            "o/configmaps/c1",
            "[{'op':'add','path':'/data/j','value':'1'},{'op':'test','path':'/data/m','value':'1'}]");
    assertEquals("1", json.at("/data/j").asText());
    ObjectNode strategic =
        api.patch(
            PatchType.STRATEGIC, "o/configmaps/c1", "{'data':{'$patch':'replace','only':'this'}}");
    assertEquals("{\"only\":\"this\"}", strategic.path("data").toString());
  }

  @Test
  void patchWithStaleVersionConflicts() {
    configMap("c1", "");
    Status status =
        refusal(
            () ->
                api.patch(
                    PatchType.MERGE, "o/configmaps/c1", "{'metadata':{'resourceVersion':'1'}}"));
    assertEquals(409, status.code());
  }

  @Test
  void patchThatBreaksTheTypeIsThePatchsFault() {
    configMap("c1", "");
    Status status =
        refusal(() -> api.patch(PatchType.MERGE, "o/configmaps/c1", "{'data':{'a':1}}"));
    assertEquals(422, status.code());
    assertEquals(List.of("patch"), causes(status));
  }

  @Test
  void failedJsonPatchTestIsUnprocessable() {
    configMap("c1", "");
    Status status =
        refusal(
            () ->
                api.patch(
                    PatchType.JSON,
                    "o/configmaps/c1",
                    "[{'op':'test','path':'/data/a','value':'2'}]"));
    assertEquals(422, status.code());
    assertEquals(
        "the server rejected our request due to an error in our request", status.message());
  }

  @Test
  void immutableConfigMapKeepsItsData() {
    api.create("o/configmaps", "{'metadata':{'name':'f'},'data':{'a':'1'},'immutable':true}");
    Status status =
        refusal(() -> api.patch(PatchType.MERGE, "o/configmaps/f", "{'data':{'a':'2'}}"));
    assertEquals(
        "ConfigMap \"f\" is invalid: data: Forbidden: field is immutable when `immutable` is set",
        status.message());
  }

  @Test
  void deletesAndTellsWhat() {
    ObjectNode made = configMap("c1", "");
    DeleteResult.Gone gone =
        assertInstanceOf(DeleteResult.Gone.class, api.delete("o/configmaps/c1", ""));
    assertEquals(200, gone.code());
    assertEquals(
        new StatusDetails("c1", "", "configmaps", made.at("/metadata/uid").asText(), List.of(), 0),
        gone.status().details());
    assertEquals(404, refusal(() -> api.delete("o/configmaps/c1", "")).code());
  }

  @Test
  void finalizerHoldsAnObjectUntilItIsTakenAway() {
    configMap("fin", ",'finalizers':['example.com/hold']");
    DeleteResult.Object held =
        assertInstanceOf(DeleteResult.Object.class, api.delete("o/configmaps/fin", ""));
    ObjectNode object = api.tree(held.object());
    assertEquals("2026-11-22T08:00:00Z", object.at("/metadata/deletionTimestamp").asText());
    assertEquals(0, object.at("/metadata/deletionGracePeriodSeconds").asInt(-1));
    assertEquals(object, api.get("o/configmaps/fin"));
    ObjectNode released =
        api.patch(PatchType.MERGE, "o/configmaps/fin", "{'metadata':{'finalizers':null}}");
    assertFalse(released.path("metadata").has("finalizers"));
    assertEquals(404, refusal(() -> api.get("o/configmaps/fin")).code());
  }

  @Test
  void deleteWithWrongUidConflictsNamingTheKind() {
    configMap("c1", "");
    Status status =
        refusal(
            () ->
                api.delete(
                    "o/configmaps/c1",
                    "{'kind':'DeleteOptions','apiVersion':'v1','preconditions':{'uid':'u'}}"));
    assertEquals(409, status.code());
    assertTrue(
        status
            .message()
            .startsWith(
                "Operation cannot be fulfilled on ConfigMap \"c1\": the UID in the precondition"
                    + " (u) does not match the UID in record ("),
        status.message());
  }

  @Test
  void refusesUnknownPropagation() {
    configMap("c1", "");
    Status status =
        refusal(() -> api.delete("o/configmaps/c1", "{'propagationPolicy':'Sideways'}"));
    assertEquals(422, status.code());
    assertEquals(List.of("propagationPolicy"), causes(status));
  }

  @Test
  void deletedNamespaceTerminatesAndTakesNothingNew() {
    DeleteResult.Object going =
        assertInstanceOf(DeleteResult.Object.class, api.delete("-/namespaces/o", ""));
    ObjectNode namespace = api.tree(going.object());
    assertEquals("Terminating", namespace.at("/status/phase").asText());
    assertFalse(namespace.path("metadata").has("deletionGracePeriodSeconds"));
    Status status = refusal(() -> configMap("late", ""));
    assertEquals(403, status.code());
    assertEquals(
        "configmaps \"late\" is forbidden: unable to create new content in namespace o because it"
            + " is being terminated",
        status.message());
    ObjectNode finalized = namespace.deepCopy();
    finalized.withObjectProperty("spec").remove("finalizers");
    await(
        api.registry.update(
            api.call("-/namespaces/o/finalize"),
            new Body(dev.sallyport.resources.BodyFormat.JSON, api.codec.write(finalized))));
    assertEquals(404, refusal(() -> api.get("-/namespaces/o")).code());
  }

  @Test
  void defaultNamespaceStays() {
    api.create("-/namespaces", "{'metadata':{'name':'default'}}");
    Status status = refusal(() -> api.delete("-/namespaces/default", ""));
    assertEquals(
        "namespaces \"default\" is forbidden: this namespace may not be deleted", status.message());
  }

  @Test
  void listsPagesOfOneRevision() {
    for (int i = 0; i < 5; i++) {
      configMap("c" + i, "");
    }
    ObjectList first = await(api.registry.list(api.call("o/configmaps", "limit=2")));
    assertEquals(3, first.remaining());
    configMap("c9", "");
    ObjectList second =
        await(
            api.registry.list(
                api.call("o/configmaps", "limit=2", "continue=" + first.continueToken())));
    assertEquals(first.revision(), second.revision());
    assertEquals(List.of("c2", "c3"), names(second));
    ObjectList third =
        await(
            api.registry.list(
                api.call("o/configmaps", "limit=2", "continue=" + second.continueToken())));
    assertEquals(List.of("c4"), names(third));
    assertEquals("", third.continueToken());
  }

  private static List<String> names(ObjectList list) {
    return list.objects().stream().map(object -> object.key().name()).toList();
  }

  @Test
  void listIsMadeOfStoredBytesWithoutTheirHeads() {
    configMap("c1", "");
    configMap("c2", "");
    ObjectList list = await(api.registry.list(api.call("o/configmaps")));
    ObjectNode tree = api.codec.read(list.json());
    assertEquals("ConfigMapList", tree.path("kind").asText());
    assertEquals("v1", tree.path("apiVersion").asText());
    assertEquals(2, tree.path("items").size());
    assertFalse(tree.at("/items/0").has("kind"));
    assertEquals("c1", tree.at("/items/0/metadata/name").asText());
    assertEquals("1", tree.at("/items/1/data/a").asText());
  }

  @Test
  void selectsByLabelsAndFields() {
    configMap("c1", ",'labels':{'app':'x','tier':'1'}");
    configMap("c2", ",'labels':{'app':'y'}");
    configMap("c3", "");
    assertEquals(List.of("c1"), selected("labelSelector=app in (x,y),tier"));
    assertEquals(List.of("c3"), selected("labelSelector=!app"));
    assertEquals(List.of("c2", "c3"), selected("fieldSelector=metadata.name!=c1"));
    assertEquals(List.of("c1"), selected("fieldSelector=metadata.name=c1,metadata.namespace=o"));
  }

  private List<String> selected(String query) {
    return names(await(api.registry.list(api.call("o/configmaps", query))));
  }

  @Test
  void refusesWhatCannotBeListed() {
    assertEquals(
        "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
        refusal(() -> selected("fieldSelector=data.a=1")).message());
    assertEquals(
        "unable to parse requirement: found '=', expected: identifier",
        refusal(() -> selected("labelSelector=app===x")).message());
    assertEquals(
        "strconv.ParseInt: parsing \"abc\": invalid syntax",
        refusal(() -> selected("limit=abc")).message());
    assertEquals(
        "invalid resource version: resourceVersion: Invalid value: \"abc\": strconv.ParseUint:"
            + " parsing \"abc\": invalid syntax",
        refusal(() -> selected("resourceVersion=abc")).message());
    assertEquals(504, refusal(() -> selected("resourceVersion=999999999")).code());
    assertEquals(400, refusal(() -> selected("continue=garbage")).code());
  }

  @Test
  void continueTokenCannotLeaveItsCollection() {
    String token = new ContinueToken(5, "../../secrets/o/s", "configmaps").encode();
    assertEquals(400, refusal(() -> selected("continue=" + token)).code());
  }

  @Test
  void deletesACollectionBySelector() {
    configMap("c1", ",'labels':{'app':'x'}");
    configMap("c2", "");
    ObjectList gone =
        await(
            api.registry.deleteCollection(
                api.call("o/configmaps", "labelSelector=app=x"), Body.NONE));
    assertEquals(List.of("c1"), names(gone));
    assertEquals(List.of("c2"), names(await(api.registry.list(api.call("o/configmaps")))));
  }

  @Test
  void secretTakesStringDataAndItsDefaultType() {
    ObjectNode secret =
        api.create(
            "o/secrets", "{'metadata':{'name':'s'},'data':{'q':'cQ=='},'stringData':{'p':'pw'}}");
    assertEquals("cHc=", secret.at("/data/p").asText());
    assertEquals("Opaque", secret.path("type").asText());
    assertFalse(secret.has("stringData"));
    Status status = refusal(() -> api.patch(PatchType.MERGE, "o/secrets/s", "{'type':'other'}"));
    assertEquals(
        "Secret \"s\" is invalid: type: Invalid value: \"other\": field is immutable",
        status.message());
  }

  @Test
  void tlsSecretNeedsItsKey() {
    Status status =
        refusal(
            () ->
                api.create(
                    "o/secrets",
                    "{'metadata':{'name':'s'},'type':'kubernetes.io/tls','data':{'tls.crt':'eA=='}}"));
    assertEquals("Secret \"s\" is invalid: data[tls.key]: Required value", status.message());
  }

  @Test
  void servesEventsOfBothGroupsFromOneStore() {
    api.create(
        "o/events",
        "{'metadata':{'name':'e'},'involvedObject':{'kind':'Pod','name':'p','namespace':'o'},"
            + "'message':'hello','reason':'Because','type':'Normal'}");
    ResourceCall newer =
        RegistryFixture.call(api.resource("events.k8s.io", "v1", "events"), "o/events/e");
    ObjectNode event = api.tree(await(api.registry.get(newer)));
    assertEquals("events.k8s.io/v1", event.path("apiVersion").asText());
    assertEquals("hello", event.path("note").asText());
    assertEquals("p", event.at("/regarding/name").asText());
    ResourceCall selected =
        RegistryFixture.call(
            api.resource("events.k8s.io", "v1", "events"),
            "o/events",
            "fieldSelector=regarding.name=p");
    assertEquals(1, await(api.registry.list(selected)).objects().size());
  }

  @Test
  void watchBeginsWithWhatIsThere() {
    configMap("one", "");
    WatchPlan plan = await(api.registry.watch(api.call("o/configmaps")));
    assertEquals(1, plan.initial().size());
    WatchPlan resumed =
        await(api.registry.watch(api.call("o/configmaps", "resourceVersion=" + plan.revision())));
    assertEquals(0, resumed.initial().size());
    assertEquals(plan.revision(), resumed.revision());
    Status status =
        refusal(() -> await(api.registry.watch(api.call("o/configmaps", "resourceVersion=abc"))));
    assertEquals(500, status.code());
  }

  @Test
  void admissionMayRefuseAndSeesBothStates() {
    List<String> seen = new ArrayList<>();
    Admission admission =
        request -> {
          seen.add(request.operation() + (request.old() == null ? "" : "+old"));
          if (request.name().equals("no")) {
            return Answer.failed(
                new StatusException(Status.forbidden("", "configmaps", "no", "never")));
          }
          return Answer.now(request);
        };
    try (RegistryFixture strict = new RegistryFixture(admission)) {
      strict.create("-/namespaces", "{'metadata':{'name':'o'}}");
      assertEquals(
          "never",
          refusal(() -> strict.create("o/configmaps", "{'metadata':{'name':'no'}}")).message());
      strict.create("o/configmaps", "{'metadata':{'name':'yes'}}");
      strict.update("o/configmaps/yes", "{'metadata':{'name':'yes'},'data':{'a':'1'}}");
      strict.delete("o/configmaps/yes", "");
    }
    assertEquals(List.of("CREATE", "CREATE", "CREATE", "UPDATE+old", "DELETE+old"), seen);
  }

  @Test
  void statusOfDeploymentChangesOnlyByItsSubresource() {
    ResourceCall call =
        RegistryFixture.call(api.resource("apps", "v1", "deployments"), "o/deployments/d");
    String spec =
        "'spec':{'replicas':REPLICAS,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
            + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}";
    String body = "{'metadata':{'name':'d'}," + spec + ",'status':{'replicas':7}}";
    ObjectNode made =
        api.tree(await(api.registry.create(call, json(body.replace("REPLICAS", "1")))).object());
    assertEquals(1, made.at("/metadata/generation").asInt());
    assertTrue(made.at("/status/replicas").isMissingNode());
    ObjectNode scaled =
        api.tree(await(api.registry.update(call, json(body.replace("REPLICAS", "2")))).object());
    assertEquals(2, scaled.at("/metadata/generation").asInt());
    assertTrue(scaled.at("/status/replicas").isMissingNode());
    ResourceCall status =
        RegistryFixture.call(api.resource("apps", "v1", "deployments"), "o/deployments/d/status");
    ObjectNode reported =
        api.tree(await(api.registry.update(status, json(body.replace("REPLICAS", "9")))).object());
    assertEquals(7, reported.at("/status/replicas").asInt());
    assertEquals(2, reported.at("/spec/replicas").asInt());
    assertEquals(2, reported.at("/metadata/generation").asInt());
  }

  @Test
  void scaleShowsAndSetsReplicas() {
    ResourceDefinition deployments = api.resource("apps", "v1", "deployments");
    await(
        api.registry.create(
            RegistryFixture.call(deployments, "o/deployments/d"),
            json(
                "{'metadata':{'name':'d'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'}},"
                    + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':"
                    + "[{'name':'c','image':'i'}]}}}}")));
    ResourceCall scale = RegistryFixture.call(deployments, "o/deployments/d/scale");
    ObjectNode shown = api.tree(await(api.registry.get(scale)));
    assertEquals("autoscaling/v1", shown.path("apiVersion").asText());
    assertEquals(3, shown.at("/spec/replicas").asInt());
    assertEquals("a=b", shown.at("/status/selector").asText());
    ObjectNode patched =
        api.tree(
            await(
                    api.registry.patch(
                        scale,
                        PatchType.MERGE,
                        "{\"spec\":{\"replicas\":5}}".getBytes(StandardCharsets.UTF_8)))
                .object());
    assertEquals("Scale", patched.path("kind").asText());
    assertEquals(5, patched.at("/spec/replicas").asInt());
    await(
        api.registry.update(
            scale, json("{'metadata':{'name':'d','namespace':'o'},'spec':{'replicas':1}}")));
    ObjectNode deployment =
        api.tree(await(api.registry.get(RegistryFixture.call(deployments, "o/deployments/d"))));
    assertEquals(1, deployment.at("/spec/replicas").asInt());
    assertEquals(3, deployment.at("/metadata/generation").asInt());
  }

  @Test
  void controllersChangeObjectsByFunction() {
    configMap("c1", "");
    WriteResult result =
        await(
            api.registry.change(
                api.call("o/configmaps/c1"),
                current -> {
                  ObjectNode next = current.deepCopy();
                  next.withObjectProperty("data").put("b", "2");
                  return next;
                }));
    StoredObject stored = result.object();
    assertEquals("2", api.tree(stored).at("/data/b").asText());
    assertNull(stored.derived());
    assertTrue(new String(stored.json(), StandardCharsets.UTF_8).contains("\"b\":\"2\""));
  }
}
