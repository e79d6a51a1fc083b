package dev.sallyport.resources.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.FieldSchema.Presence;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuiltInSchemasTest {

  private final BuiltInSchemas schemas = new BuiltInSchemas();

  @Test
  void everyServedKindAndItsListHaveASchema() {
    for (ResourceGroup group : new BuiltInCatalogue().groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        version
            .resources()
            .forEach(
                definition -> {
                  assertNotNull(schemas.schema(definition.kind()), definition.plural());
                  if (definition.supports("list")) {
                    assertNotNull(schemas.schema(definition.listKind()), definition.plural());
                  }
                });
      }
    }
  }

  @Test
  void everyStructThatIsReachedCanBeRead() {
    Set<String> seen = new HashSet<>();
    for (GroupVersionKind kind : SchemaTable.builtIn().kinds()) {
      visit(struct(kind), seen);
    }
    assertTrue(seen.size() > 500, "only " + seen.size());
  }

  private static void visit(ObjectSchema schema, Set<String> seen) {
    if (schema instanceof ListSchema list) {
      visit(list.element(), seen);
    } else if (schema instanceof MapSchema map) {
      visit(map.value(), seen);
    } else if (schema instanceof StructSchema struct && seen.add(struct.name())) {
      struct.fields().forEach(field -> visit(field.schema(), seen));
    }
  }

  @Test
  void containersMergeByName() {
    FieldSchema spec = field(struct(new GroupVersionKind("", "v1", "Pod")), "spec");
    FieldSchema containers = field((StructSchema) spec.schema(), "containers");
    assertEquals("name", containers.merge().patchMergeKey());
    assertEquals("merge", containers.merge().patchStrategy());
    assertEquals(List.of("name"), containers.merge().listMapKeys());
    assertEquals("map", containers.merge().listType());
    assertTrue(containers.required());
    StructSchema container =
        (StructSchema) assertInstanceOf(ListSchema.class, containers.schema()).element();
    assertEquals(Presence.UNLESS_EMPTY, field(container, "stdin").presence());
    assertEquals(Presence.ALWAYS, field(container, "resources").presence());
  }

  @Test
  void presenceFollowsTheGoTypes() {
    StructSchema configMap = struct(new GroupVersionKind("", "v1", "ConfigMap"));
    assertEquals(Presence.WHEN_SET, field(configMap, "immutable").presence());
    assertEquals(Presence.UNLESS_EMPTY, field(configMap, "data").presence());
    StructSchema role = struct(new GroupVersionKind("rbac.authorization.k8s.io", "v1", "Role"));
    assertEquals(Presence.ALWAYS, field(role, "rules").presence());
    StructSchema request =
        struct(new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"));
    FieldSchema spec = field(request, "spec");
    assertEquals(
        Presence.ALWAYS_OR_NULL, field((StructSchema) spec.schema(), "boundObjectRef").presence());
  }

  @Test
  void schemasOfSchemasHoldThemselves() {
    StructSchema definition =
        struct(new GroupVersionKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition"));
    StructSchema spec = (StructSchema) field(definition, "spec").schema();
    StructSchema version = (StructSchema) ((ListSchema) field(spec, "versions").schema()).element();
    StructSchema validation = (StructSchema) field(version, "schema").schema();
    StructSchema schema = (StructSchema) field(validation, "openAPIV3Schema").schema();
    ListSchema allOf = (ListSchema) field(schema, "allOf").schema();
    assertSame(schema, allOf.element());
    assertEquals(ScalarSchema.ANY, field(schema, "default").schema());
  }

  @Test
  void fieldNamesAreExact() {
    StructSchema configMap = struct(new GroupVersionKind("", "v1", "ConfigMap"));
    assertNull(configMap.field("Data"));
    assertEquals("kind", configMap.fields().get(0).name());
    assertEquals("apiVersion", configMap.fields().get(1).name());
    assertEquals("metadata", configMap.fields().get(2).name());
  }

  @Test
  void defaultsAndEnumsAreKept() {
    StructSchema service = struct(new GroupVersionKind("", "v1", "Service"));
    StructSchema spec = (StructSchema) field(service, "spec").schema();
    StructSchema port = (StructSchema) ((ListSchema) field(spec, "ports").schema()).element();
    FieldSchema protocol = field(port, "protocol");
    assertNotNull(protocol.defaultValue());
    assertEquals("TCP", protocol.defaultValue().asText());
    assertEquals(List.of("SCTP", "TCP", "UDP"), protocol.enumValues());
  }

  private StructSchema struct(GroupVersionKind kind) {
    StructSchema schema = schemas.schema(kind);
    assertNotNull(schema, kind.toString());
    return schema;
  }

  private static FieldSchema field(StructSchema struct, String name) {
    FieldSchema field = struct.field(name);
    assertNotNull(field, name);
    return field;
  }
}
