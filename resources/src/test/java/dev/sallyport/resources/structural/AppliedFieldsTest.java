package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.json;
import static dev.sallyport.resources.structural.Schemas.object;
import static dev.sallyport.resources.structural.Schemas.ofSpec;
import static dev.sallyport.resources.structural.Schemas.withSpec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.apply.FieldManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedFieldsTest {

  private static final StructSchema ROOT =
      ofSpec(
              "{type: 'object', required: ['ports'], properties: {ports: {type: 'array',"
                  + " 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port'],"
                  + " items: {type: 'object', properties: {port: {type: 'integer', default: 80}}}},"
                  + " labels: {type: 'object', 'x-kubernetes-map-type': 'atomic',"
                  + " additionalProperties: {type: 'string'}}, at: {'x-kubernetes-int-or-string':"
                  + " true}, free: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}}}")
          .fields();

  private static FieldSchema spec(String name) {
    FieldSchema spec = ROOT.field("spec");
    assertNotNull(spec);
    FieldSchema field = assertInstanceOf(StructSchema.class, spec.schema()).field(name);
    assertNotNull(field, name);
    return field;
  }

  @Test
  void listsAndMapsMergeAsTheSchemaSays() {
    assertEquals("map", spec("ports").merge().listType());
    assertEquals(List.of("port"), spec("ports").merge().listMapKeys());
    assertEquals("atomic", spec("labels").merge().mapType());
    assertInstanceOf(MapSchema.class, spec("labels").schema());
  }

  @Test
  void aKeysDefaultIsKnown() {
    ListSchema ports = assertInstanceOf(ListSchema.class, spec("ports").schema());
    FieldSchema port = assertInstanceOf(StructSchema.class, ports.element()).field("port");
    assertNotNull(port);
    assertNotNull(port.defaultValue());
    assertEquals(80, port.defaultValue().intValue());
  }

  @Test
  void whatHasNoFieldsIsOneValue() {
    assertEquals(ScalarSchema.INT_OR_STRING, spec("at").schema());
    MapSchema free = assertInstanceOf(MapSchema.class, spec("free").schema());
    assertEquals(ScalarSchema.UNTYPED, free.value());
  }

  @Test
  void whatIsNotDeclaredIsMergedEntryByEntry() {
    FieldManager one = manager("one");
    FieldManager other = manager("other");
    ObjectNode empty = withSpec("{}");
    ObjectNode live = one.apply(empty, withSpec("{free: {a: {x: 1}, l: [1]}}"), false);
    live = other.apply(live, withSpec("{free: {a: {y: 2}}}"), false);
    assertEquals(json("{a: {x: 1, y: 2}, l: [1]}"), live.at("/spec/free"));
    assertEquals(
        json("{'f:spec': {'f:free': {'f:a': {'f:y': {}, '.': {}}}}}"),
        live.at("/metadata/managedFields/1/fieldsV1"));
    live = one.apply(live, withSpec("{free: {l: [2]}}"), false);
    assertEquals(json("{a: {y: 2}, l: [2]}"), live.at("/spec/free"));
  }

  @Test
  void metadataStaysWhenNothingInItIsAppliedAnyMore() {
    FieldManager one = manager("one");
    ObjectNode marked =
        object(
            "{apiVersion: 'x.example/v1', kind: 'Widget', metadata: {name: 'a', labels: {l:"
                + " 'm'}}, spec: {free: {x: 1}}}");
    ObjectNode plain =
        object(
            "{apiVersion: 'x.example/v1', kind: 'Widget', metadata: {name: 'a'}, spec: {free:"
                + " {x: 1}}}");
    ObjectNode live = one.apply(withSpec("{}"), marked, false);
    assertEquals("m", live.at("/metadata/labels/l").asText());
    live = one.apply(live, plain, false);
    assertEquals("a", live.at("/metadata/name").asText());
    assertTrue(live.at("/metadata/labels").isMissingNode(), live::toString);
  }

  private static FieldManager manager(String name) {
    return new FieldManager(ROOT, name, "x.example/v1", "", "2026-01-01T00:00:00Z");
  }

  @Test
  void theRootHasMetadataAsAllKindsHave() {
    FieldSchema metadata = ROOT.field("metadata");
    assertNotNull(metadata);
    assertNotNull(assertInstanceOf(StructSchema.class, metadata.schema()).field("labels"));
    assertEquals(
        List.of("apiVersion", "kind", "metadata", "spec"),
        ROOT.fields().stream().map(FieldSchema::name).toList());
    assertNull(ROOT.field("nothing"));
  }
}
