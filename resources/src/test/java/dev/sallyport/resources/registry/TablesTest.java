package dev.sallyport.resources.registry;

import static dev.sallyport.resources.registry.RegistryFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.table.IncludeObject;
import dev.sallyport.resources.table.PartialMetadata;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of what a registry stores. */
class TablesTest {

  private final RegistryFixture api = new RegistryFixture();
  private final Tables tables =
      new Tables(api.codec, Clock.offset(RegistryFixture.CLOCK, Duration.ofSeconds(330)));

  @BeforeEach
  void makeNamespace() {
    api.create("-/namespaces", "{'metadata':{'name':'o'}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private ObjectNode list(ResourceDefinition resource, IncludeObject include) {
    ResourceCall call = RegistryFixture.call(resource, "o/" + resource.plural());
    ObjectList list = await(api.registry.list(call));
    return api.codec.read(tables.list(resource.kind(), list.metadata(), list.objects(), include));
  }

  @Test
  void showsConfigMapsWithTheirMetadata() {
    api.create(
        "o/configmaps", "{'metadata':{'name':'c1','labels':{'a':'x'}},'data':{'a':'1','b':'{'}}");
    ObjectNode table = list(api.resource("", "v1", "configmaps"), IncludeObject.METADATA);
    assertEquals("Table", table.path("kind").asText());
    assertEquals("name", table.at("/columnDefinitions/0/format").asText());
    assertEquals("[\"c1\",2,\"5m30s\"]", table.at("/rows/0/cells").toString());
    assertEquals("PartialObjectMetadata", table.at("/rows/0/object/kind").asText());
    assertEquals("x", table.at("/rows/0/object/metadata/labels/a").asText());
    assertEquals(2, table.at("/rows/0/object").size() - 1);
  }

  @Test
  void showsWholeObjectsOrNone() {
    api.create("o/secrets", "{'metadata':{'name':'s'},'stringData':{'p':'w'}}");
    ResourceDefinition secrets = api.resource("", "v1", "secrets");
    ObjectNode whole = list(secrets, IncludeObject.OBJECT);
    assertEquals("dw==", whole.at("/rows/0/object/data/p").asText());
    assertEquals("[\"s\",\"Opaque\",1,\"5m30s\"]", whole.at("/rows/0/cells").toString());
    assertTrue(list(secrets, IncludeObject.NONE).at("/rows/0/object").isNull());
  }

  @Test
  void kindWithoutColumnsShowsWhenItWasMade() {
    ResourceDefinition roles = api.resource("rbac.authorization.k8s.io", "v1", "roles");
    await(
        api.registry.create(
            RegistryFixture.call(roles, "o/roles"),
            RegistryFixture.json("{'metadata':{'name':'r'},'rules':[]}")));
    ObjectNode table = list(roles, IncludeObject.NONE);
    assertEquals("[\"r\",\"2026-11-22T08:00:00Z\"]", table.at("/rows/0/cells").toString());
  }

  @Test
  void showsSubjectsOfBindings() {
    ResourceDefinition bindings = api.resource("rbac.authorization.k8s.io", "v1", "rolebindings");
    await(
        api.registry.create(
            RegistryFixture.call(bindings, "o/rolebindings"),
            RegistryFixture.json(
                "{'metadata':{'name':'r'},'roleRef':{'kind':'Role','name':'reader'},'subjects':["
                    + "{'kind':'User','name':'plain'},{'kind':'Group','name':'ops'},"
                    + "{'kind':'ServiceAccount','namespace':'b','name':'robot'}]}")));
    assertEquals(
        "[\"r\",\"Role/reader\",\"5m30s\",\"plain\",\"ops\",\"b/robot\"]",
        list(bindings, IncludeObject.NONE).at("/rows/0/cells").toString());
  }

  @Test
  void rowIsMadeOnceAndColumnsAreToldOnce() {
    api.create("o/configmaps", "{'metadata':{'name':'c1'}}");
    StoredObject stored = await(api.registry.get(api.call("o/configmaps/c1")));
    ResourceDefinition resource = api.resource("", "v1", "configmaps");
    tables.object(resource.kind(), stored, IncludeObject.METADATA, true);
    Object row = stored.derived();
    ObjectNode second =
        api.codec.read(tables.object(resource.kind(), stored, IncludeObject.METADATA, false));
    assertSame(row, stored.derived());
    assertTrue(second.path("columnDefinitions").isNull());
  }

  @Test
  void everyKindHasARowForAnEmptyObject() {
    for (var group : api.catalogue.groups()) {
      for (var version : group.versions()) {
        for (ResourceDefinition resource : version.resources()) {
          if (resource.stored()) {
            emptyRow(resource);
          }
        }
      }
    }
  }

  private void emptyRow(ResourceDefinition resource) {
    ObjectNode object =
        api.codec.read("{\"metadata\":{\"name\":\"x\"}}".getBytes(StandardCharsets.UTF_8));
    object.put("kind", resource.kind().kind()).put("apiVersion", resource.kind().apiVersion());
    StoredObject stored =
        StoredObject.of(
            new Key(resource.collection(), "", "x"), 7, api.codec.draft(resource, object));
    ObjectNode table =
        api.codec.read(tables.object(resource.kind(), stored, IncludeObject.METADATA, true));
    assertEquals(
        table.path("columnDefinitions").size(),
        table.at("/rows/0/cells").size(),
        resource.plural());
  }

  @Test
  void metadataIsCutOutOfTheStoredBytes() {
    api.create("o/configmaps", "{'metadata':{'name':'c1','annotations':{'a':'}\\\\{'}}}");
    StoredObject stored = await(api.registry.get(api.call("o/configmaps/c1")));
    ObjectNode partial = api.codec.read(PartialMetadata.of(stored));
    assertEquals(api.tree(stored).path("metadata"), partial.path("metadata"));
    assertEquals("}\\{", partial.at("/metadata/annotations/a").asText());
  }
}
